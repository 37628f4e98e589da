/// Writes the fields of a Protocol Buffers message (the wire format of versions 2 and 3), by hand: TensorBoard's and
/// ONNX's messages need a handful of kinds of field.
package struct ProtobufWriter: Sendable {
  /// The message so far.
  package private(set) var bytes: [UInt8] = []

  /// An empty message.
  package init() {}

  /// A whole number (`int64`, `int32`, enumerations).
  package mutating func add(_ field: Int, integer value: Int64) {
    key(field, 0)
    varint(UInt64(bitPattern: value))
  }

  /// A `double`.
  package mutating func add(_ field: Int, double value: Double) {
    key(field, 1)
    append(value.bitPattern)
  }

  /// A `float`.
  package mutating func add(_ field: Int, float value: Float) {
    key(field, 5)
    append(value.bitPattern)
  }

  /// A repeated `double`, packed.
  package mutating func add(_ field: Int, doubles values: [Double]) {
    key(field, 2)
    varint(UInt64(values.count * 8))
    for value in values { append(value.bitPattern) }
  }

  /// A `string`.
  package mutating func add(_ field: Int, string value: String) {
    add(field, bytes: Array(value.utf8))
  }

  /// `bytes`.
  package mutating func add(_ field: Int, bytes value: [UInt8]) {
    key(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// Begins `bytes` or a message of `count` bytes that follow elsewhere, as those of a file that is written in pieces.
  package mutating func begin(_ field: Int, count: Int) {
    key(field, 2)
    varint(UInt64(count))
  }

  /// A message inside this one.
  package mutating func add(_ field: Int, _ build: (inout ProtobufWriter) -> Void) {
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
