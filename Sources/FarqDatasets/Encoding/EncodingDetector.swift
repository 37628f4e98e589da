/// Tells from a file's bytes which encoding its text is in.
enum EncodingDetector {
  /// What the bytes tell.
  enum Finding: Equatable {
    /// Nothing but ASCII so far: any encoding but UTF-16 fits.
    case ascii
    /// The encoding, and the length of the byte order mark.
    case encoding(TextEncoding, markLength: Int)
    /// No encoding fits; the offset of the first byte that is not UTF-8.
    case unknown(offset: Int)
  }

  /// Looks at the first bytes of a file (all of them, or a long first piece).
  static func detect(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
    if let marked = byteOrderMark(bytes) { return marked }
    if let encoding = unmarkedUTF16(bytes) { return .encoding(encoding, markLength: 0) }
    return detectASCIISuperset(bytes)
  }

  /// Looks at bytes of which it is known that they are not UTF-16.
  static func detectASCIISuperset(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
    let finding = UTF8Validation.check(bytes)
    if finding.validCount == bytes.count || finding.isCutOff {
      return finding.isASCII ? .ascii : .encoding(.utf8, markLength: 0)
    }
    guard !isBrokenUTF8(bytes), let encoding = singleByte(bytes) else {
      return .unknown(offset: finding.validCount)
    }
    return .encoding(encoding, markLength: 0)
  }

  private static func byteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .encoding(.utf8WithByteOrderMark, markLength: 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .encoding(.utf16LittleEndian, markLength: 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .encoding(.utf16BigEndian, markLength: 2) }
    return nil
  }

  /// Arabic, Latin, digits and spaces have 0x06 or 0x00 as the high byte of their UTF-16 unit, bytes that no
  /// other encoding of text holds in any number.
  private static func unmarkedUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let units = min(bytes.count / 2, 1 << 15)
    guard units >= 2 else { return nil }
    var even = 0
    var odd = 0
    for unit in 0..<units {
      if bytes[2 * unit] == 0 || bytes[2 * unit] == 6 { even += 1 }
      if bytes[2 * unit + 1] == 0 || bytes[2 * unit + 1] == 6 { odd += 1 }
    }
    if odd * 10 >= units * 7, even * 10 < units * 3 { return .utf16LittleEndian }
    if even * 10 >= units * 7, odd * 10 < units * 3 { return .utf16BigEndian }
    return nil
  }

  /// Whether most of the non-ASCII bytes stand in valid UTF-8 sequences: then a fault is a fault, and not the
  /// sign of another encoding. In Windows-1256 and ISO-8859-6 letters hardly ever form a valid sequence.
  private static func isBrokenUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var inSequences = 0
    var others = 0
    var position = 0
    while position < bytes.count {
      let length = UTF8Validation.sequenceLength(bytes, at: position)
      if length > 1 { inSequences += length } else if length < 1 { others += 1 }
      position += max(length, 1)
    }
    return inSequences > others
  }

  /// The single-byte encoding in which more bytes are Arabic letters; nil where too few are in either, or a
  /// control byte says that this is no text.
  private static func singleByte(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let controls = (0..<32).reduce(0) { $0 + ([9, 10, 12, 13].contains($1) ? 0 : counts[$1]) }
    let upper = counts[128...].reduce(0, +)
    let windows = arabicLetters(counts, SingleByteTable.windows1256) ?? 0
    let iso = arabicLetters(counts, SingleByteTable.iso8859Part6) ?? 0
    guard controls == 0, max(windows, iso) * 2 > upper else { return nil }
    guard iso > windows else { return .windows1256 }
    // Accented Latin letters are Arabic ones in ISO-8859-6, but none of the common ones before feh, alef among them.
    let common = counts[0xC1...0xDA].reduce(0, +)
    return common * 8 >= upper ? .iso8859Part6 : nil
  }

  /// The number of bytes that are Arabic letters or marks in `table`; nil where one is not defined in it.
  private static func arabicLetters(_ counts: [Int], _ table: [UInt16]) -> Int? {
    var letters = 0
    for byte in 128..<256 where counts[byte] > 0 {
      let scalar = table[byte - 128]
      if scalar == 0 { return nil }
      if (0x0621...0x0652).contains(scalar) { letters += counts[byte] }
    }
    return letters
  }
}
