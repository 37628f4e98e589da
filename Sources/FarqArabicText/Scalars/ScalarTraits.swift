/// What the preprocessor asks of a scalar, one bit a question.
struct ScalarTraits: OptionSet, Sendable {
  let rawValue: UInt16

  /// Python's `str.isspace` and the `\s` of its `re`, which agree.
  static let space = ScalarTraits(rawValue: 1)
  /// Kept by the last cleaning step of the second generation.
  static let accepted = ScalarTraits(rawValue: 2)
  /// 0-9, a-z, A-Z, Arabic letters, Arabic-Indic digits, the square brackets: gets no spaces around it (v2).
  static let joined = ScalarTraits(rawValue: 4)
  /// The letters U+0621-063A, U+0641-064A and U+0660-066C of the second generation's digit rule.
  static let besideDigits = ScalarTraits(rawValue: 8)
  /// May stand in the body of a web address.
  static let addressBody = ScalarTraits(rawValue: 16)
  /// May stand in the tail of a web address.
  static let addressTail = ScalarTraits(rawValue: 32)
  /// U+064B-0652.
  static let tashkeel = ScalarTraits(rawValue: 64)
  /// The first generation's redundant punctuation, white space included.
  static let punctuation = ScalarTraits(rawValue: 128)
  /// Gets no spaces around it in the first generation.
  static let joinedFirst = ScalarTraits(rawValue: 256)
  /// U+0621-063A and U+0641-064A.
  static let arabicLetter = ScalarTraits(rawValue: 512)
  /// U+0660-0669.
  static let arabicIndicDigit = ScalarTraits(rawValue: 2048)
  /// 0-9.
  static let digit = ScalarTraits(rawValue: 4096)

  /// The traits of a scalar; above the table nothing but emoji, words and digits matters, and those are asked apart.
  @inline(__always)
  static func of(_ scalar: UInt32, in table: UnsafeBufferPointer<UInt16>) -> ScalarTraits {
    ScalarTraits(rawValue: Int(scalar) < table.count ? table[Int(scalar)] : 0)
  }

  /// The traits of U+0000-U+3010; nothing above has any.
  static let table: [UInt16] = makeTable()

  private static func makeTable() -> [UInt16] {
    var table = [UInt16](repeating: 0, count: 0x3011)
    func mark(_ trait: ScalarTraits, _ ranges: ClosedRange<UInt32>...) {
      for scalar in ranges.joined() { table[Int(scalar)] |= trait.rawValue }
    }
    func mark(_ trait: ScalarTraits, _ characters: String) {
      for scalar in characters.unicodeScalars { table[Int(scalar.value)] |= trait.rawValue }
    }
    for trait in [space, accepted, punctuation] {
      mark(trait, 0x9...0xD, 0x1C...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A)
      mark(trait, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000)
    }
    mark(accepted, 0x21...0x25, 0x27...0x2E, 0x30...0x7E, 0x621...0x63A, 0x640...0x66C, 0x671...0x674)
    mark(accepted, "«·»،؛؟\u{06DA}\u{0B4D}–—‘’“”…")
    mark(punctuation, "!\"#$%'()*+,-.:;<=>?@[\\]^_`{|}~«·»،؛؟\u{0640}٪\u{06DA}\u{0B4D}–—‘’“”…\u{3010}")
    for trait in [joined, joinedFirst] {
      mark(trait, 0x30...0x39, 0x41...0x5B, 0x5D...0x5D, 0x61...0x7A, 0x621...0x63A)
    }
    mark(joined, 0x641...0x64A, 0x660...0x669)
    mark(joinedFirst, 0x641...0x669, 0x671...0x673)
    mark(besideDigits, 0x621...0x63A, 0x641...0x64A, 0x660...0x66C)
    for trait in [addressBody, addressTail] {
      mark(trait, 0x30...0x39, 0x41...0x5A, 0x61...0x7A)
      mark(trait, "-@:%._+~#=")
    }
    mark(addressTail, "?&/")
    mark(tashkeel, 0x64B...0x652)
    mark(arabicLetter, 0x621...0x63A, 0x641...0x64A)
    mark(arabicIndicDigit, 0x660...0x669)
    mark(digit, 0x30...0x39)
    return table
  }
}
