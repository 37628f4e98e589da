/// Reads JSON string literals.
enum JSONString {
  /// Appends the text of the literal that begins with the quote at `start`, as UTF-8.
  ///
  /// Bytes are taken as they stand, broken UTF-8 too. A lone surrogate escape becomes U+FFFD.
  ///
  /// - Returns: the position after the closing quote, or nil where this is no string literal.
  static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int, into text: inout GrowingBuffer<UInt8>
  ) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var position = start + 1
    var plain = position
    while position < bytes.count {
      let byte = base[position]
      if byte == UInt8(ascii: "\"") {
        text.append(base + plain, position - plain)
        return position + 1
      }
      if byte < 0x20 { return nil }
      if byte != UInt8(ascii: "\\") {
        position += 1
        continue
      }
      text.append(base + plain, position - plain)
      guard let next = escape(bytes, at: position + 1, into: &text) else { return nil }
      position = next
      plain = next
    }
    return nil
  }

  /// The position after the literal at `start` where it has no escapes; nil where it has or is no string literal.
  static func skip(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
    var position = start + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { return position + 1 }
      if byte < 0x20 || byte == UInt8(ascii: "\\") { return nil }
      position += 1
    }
    return nil
  }

  /// Decodes what follows a backslash; returns the position after it.
  private static func escape(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, into text: inout GrowingBuffer<UInt8>
  ) -> Int? {
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[position])
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): return unicodeEscape(bytes, at: position + 1, into: &text)
    default: return nil
    }
    return position + 1
  }

  private static func unicodeEscape(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, into text: inout GrowingBuffer<UInt8>
  ) -> Int? {
    guard let unit = hexadecimal(bytes, at: position) else { return nil }
    guard unit & 0xF800 == 0xD800 else {
      UTF8Decoder.append(unit, to: &text)
      return position + 4
    }
    if unit < 0xDC00, position + 6 <= bytes.count, bytes[position + 4] == UInt8(ascii: "\\"),
      bytes[position + 5] == UInt8(ascii: "u"), let low = hexadecimal(bytes, at: position + 6), low & 0xFC00 == 0xDC00
    {
      UTF8Decoder.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &text)
      return position + 10
    }
    UTF8Decoder.append(UTF8Decoder.replacement, to: &text)
    return position + 4
  }

  private static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 65...70: value = value << 4 | UInt32(byte - 55)
      case 97...102: value = value << 4 | UInt32(byte - 87)
      default: return nil
      }
    }
    return value
  }
}
