/// Reads the fields of a Protocol Buffers message; for tests.
public struct ProtobufReader {
  /// A field's content.
  public enum Value: Equatable {
    /// A number of varying length.
    case varint(UInt64)
    /// Eight bytes.
    case fixed64(UInt64)
    /// Four bytes.
    case fixed32(UInt32)
    /// Bytes, text or a message.
    case bytes([UInt8])
  }

  /// All fields in order.
  public let fields: [(number: Int, value: Value)]

  /// Reads a message; nil where it is malformed.
  public init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var fields: [(Int, Value)] = []
    while !rest.isEmpty {
      guard let key = Self.varint(&rest), let value = Self.value(Int(key & 7), &rest) else { return nil }
      fields.append((Int(key >> 3), value))
    }
    self.fields = fields
  }

  /// The first field of that number.
  public func value(_ number: Int) -> Value? { fields.first { $0.number == number }?.value }

  /// Its bytes.
  public func bytes(_ number: Int) -> [UInt8]? {
    if case .bytes(let bytes) = value(number) { bytes } else { nil }
  }

  /// Its text.
  public func string(_ number: Int) -> String? { bytes(number).map { String(decoding: $0, as: UTF8.self) } }

  /// Its message.
  public func message(_ number: Int) -> ProtobufReader? { bytes(number).flatMap { ProtobufReader($0) } }

  /// Its whole number.
  public func integer(_ number: Int) -> Int? {
    if case .varint(let value) = value(number) { Int(Int64(bitPattern: value)) } else { nil }
  }

  /// Its double.
  public func double(_ number: Int) -> Double? {
    if case .fixed64(let bits) = value(number) { Double(bitPattern: bits) } else { nil }
  }

  /// Its float.
  public func float(_ number: Int) -> Float? {
    if case .fixed32(let bits) = value(number) { Float(bitPattern: bits) } else { nil }
  }

  /// Its packed doubles.
  public func doubles(_ number: Int) -> [Double]? {
    guard let bytes = bytes(number), bytes.count % 8 == 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(bitPattern: bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  private static func value(_ wireType: Int, _ rest: inout ArraySlice<UInt8>) -> Value? {
    switch wireType {
    case 0: return varint(&rest).map(Value.varint)
    case 1: return take(8, &rest).map { .fixed64($0.reversed().reduce(0) { $0 << 8 | UInt64($1) }) }
    case 2:
      guard let count = varint(&rest), let bytes = take(Int(count), &rest) else { return nil }
      return .bytes(Array(bytes))
    case 5: return take(4, &rest).map { .fixed32($0.reversed().reduce(0) { $0 << 8 | UInt32($1) }) }
    default: return nil
    }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    return nil
  }

  private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
