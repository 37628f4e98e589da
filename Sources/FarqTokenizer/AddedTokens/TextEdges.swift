/// Looks at the scalars beside a place in UTF-8 text.
enum TextEdges {
  /// The scalar that ends at `position`, or nil at the text's start.
  static func scalar(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard position > 0 else { return nil }
    var start = position - 1
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let decoded = UTF8Decoder.decode(text, at: start)
    return start + decoded.length == position ? decoded.scalar : UTF8Decoder.replacement
  }

  /// The scalar that begins at `position`, or nil at the text's end.
  static func scalar(after position: Int, in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    position < text.count ? UTF8Decoder.decode(text, at: position).scalar : nil
  }

  /// Whether `scalar` is one of `\w`: alphabetic, mark, decimal digit, connector punctuation, or a join control.
  static func isWord(_ scalar: UInt32) -> Bool {
    ScalarProperties.shared.flags(of: scalar).contains(.wordCharacter)
  }

  /// The start of the white space that ends at `position`.
  static func skipWhiteLeft(from position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var position = position
    while let scalar = scalar(before: position, in: text), isWhite(scalar) { position -= width(scalar) }
    return position
  }

  /// The end of the white space that begins at `position`.
  static func skipWhiteRight(from position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var position = position
    while let scalar = scalar(after: position, in: text), isWhite(scalar) { position += width(scalar) }
    return position
  }

  private static func isWhite(_ scalar: UInt32) -> Bool {
    ScalarProperties.shared.flags(of: scalar).contains(.white)
  }

  private static func width(_ scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}
