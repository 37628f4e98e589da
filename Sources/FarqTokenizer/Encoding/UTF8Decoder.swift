/// Decodes UTF-8 as Python's `errors="replace"` does: each maximal part of a broken sequence is one U+FFFD.
enum UTF8Decoder {
  /// U+FFFD.
  static let replacement: UInt32 = 0xFFFD

  /// The scalar at `position`, which is below `text.count`, its length in bytes, and whether the bytes were whole.
  @inline(__always)
  static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (scalar: UInt32, length: Int, isValid: Bool) {
    let lead = text[position]
    if lead < 0x80 { return (UInt32(lead), 1, true) }
    let needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1
    guard lead >= 0xC2, lead <= 0xF4 else { return (replacement, 1, false) }
    var scalar = UInt32(lead) & (needed == 3 ? 0x07 : needed == 2 ? 0x0F : 0x1F)
    for index in 1...needed {
      guard position + index < text.count else { return (replacement, index, false) }
      let byte = text[position + index]
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      if index == 1 {
        if lead == 0xE0 { low = 0xA0 }
        if lead == 0xED { high = 0x9F }
        if lead == 0xF0 { low = 0x90 }
        if lead == 0xF4 { high = 0x8F }
      }
      guard byte >= low, byte <= high else { return (replacement, index, false) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    return (scalar, needed + 1, true)
  }

  /// Appends the UTF-8 bytes of `scalar`.
  static func append(_ scalar: UInt32, to buffer: inout GrowingBuffer<UInt8>) {
    switch scalar {
    case 0..<0x80:
      buffer.append(UInt8(scalar))
    case 0x80..<0x800:
      buffer.append(UInt8(0xC0 | scalar >> 6))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      buffer.append(UInt8(0xE0 | scalar >> 12))
      buffer.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    default:
      buffer.append(UInt8(0xF0 | scalar >> 18))
      buffer.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      buffer.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      buffer.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
