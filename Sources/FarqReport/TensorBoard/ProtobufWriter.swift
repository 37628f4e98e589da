/// Writes the fields of a Protocol Buffers message (the wire format of versions 2 and 3), by hand: TensorBoard's
/// messages need five kinds of field.
struct ProtobufWriter: Sendable {
  /// The message so far.
  private(set) var bytes: [UInt8] = []

  /// A whole number (`int64`, `int32`, enumerations).
  mutating func add(_ field: Int, integer value: Int64) {
    key(field, 0)
    varint(UInt64(bitPattern: value))
  }

  /// A `double`.
  mutating func add(_ field: Int, double value: Double) {
    key(field, 1)
    append(value.bitPattern)
  }

  /// A `float`.
  mutating func add(_ field: Int, float value: Float) {
    key(field, 5)
    append(value.bitPattern)
  }

  /// A repeated `double`, packed.
  mutating func add(_ field: Int, doubles values: [Double]) {
    key(field, 2)
    varint(UInt64(values.count * 8))
    for value in values { append(value.bitPattern) }
  }

  /// A `string`.
  mutating func add(_ field: Int, string value: String) {
    add(field, bytes: Array(value.utf8))
  }

  /// `bytes`.
  mutating func add(_ field: Int, bytes value: [UInt8]) {
    key(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// A message inside this one.
  mutating func add(_ field: Int, _ build: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    build(&inner)
    add(field, bytes: inner.bytes)
  }

  private mutating func key(_ field: Int, _ wireType: UInt64) {
    varint(UInt64(field) << 3 | wireType)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
