/// Converts UTF-16 to UTF-8.
enum UTF16Conversion {
  /// The outcome of a conversion.
  struct Result {
    /// The converted text.
    var utf8: [UInt8]
    /// Bytes that were converted; fewer than given where the next unit is no text or is cut off.
    var consumed: Int
    /// Whether the bytes after ``consumed`` may become whole with the bytes that follow.
    var isCutOff: Bool
  }

  /// Converts up to the first fault: half a unit, a half of a surrogate pair, or a half without its other.
  static func convert(_ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool) -> Result {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var position = 0
    while position + 1 < bytes.count {
      let unit = self.unit(bytes, position, isBigEndian)
      if let scalar = Unicode.Scalar(unit) {
        append(scalar, to: &output)
        position += 2
        continue
      }
      guard unit < 0xDC00 else { return Result(utf8: output, consumed: position, isCutOff: false) }
      guard position + 3 < bytes.count else { break }
      let second = self.unit(bytes, position + 2, isBigEndian)
      guard 0xDC00...0xDFFF ~= second else {
        return Result(utf8: output, consumed: position, isCutOff: false)
      }
      let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      if let scalar = Unicode.Scalar(value) { append(scalar, to: &output) }
      position += 4
    }
    return Result(utf8: output, consumed: position, isCutOff: true)
  }

  @inline(__always)
  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ isBigEndian: Bool) -> UInt16 {
    let first = UInt16(bytes[position])
    let second = UInt16(bytes[position + 1])
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    if let encoded = UTF8.encode(scalar) { output.append(contentsOf: encoded) }
  }
}
