import Foundation

/// One component of a member's path, read in a code page.
struct CodePageName {
  /// The name in letters; CP864's shapes of letters are the letters themselves.
  let text: String
  /// Whether this can be an Arabic name: the bytes beyond ASCII are mostly letters of today's Arabic, the rest what
  /// names hold besides, and no Latin letter touches an Arabic one, as in names of another code page.
  let isPlausible: Bool
  /// How many letters are among the commonest, for choosing between code pages in all of which a name is plausible.
  let commonCount: Int

  /// Reads `bytes`; nil where the page does not define one of them, or is none.
  init?(_ bytes: some Sequence<UInt8>, in page: NameEncoding) {
    guard let table = page.table else { return nil }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let value = byte < 0x80 ? UInt16(byte) : table[Int(byte) - 0x80]
      guard value > 0, let scalar = Unicode.Scalar(value) else { return nil }
      text.append(contentsOf: Self.letters(of: scalar))
    }
    self.text = String(text)
    (isPlausible, commonCount) = Self.judge(text)
  }

  private static let commonLetters: Set<Unicode.Scalar> = [
    "ا", "ل", "ي", "م", "ن", "و", "ر", "ت", "ب", "ة", "ه", "أ",
  ]

  private static func judge(_ text: String.UnicodeScalarView) -> (isPlausible: Bool, commonCount: Int) {
    var (letters, others, common) = (0, 0, 0)
    var previous: Unicode.Scalar = " "
    for scalar in text {
      if isArabicLetter(scalar) && isLatinLetter(previous) || isLatinLetter(scalar) && isArabicLetter(previous) {
        return (false, 0)
      }
      previous = scalar
      guard !scalar.isASCII else { continue }
      guard isArabicLetter(scalar) || isBesideLetters(scalar) else { return (false, 0) }
      letters += isArabicLetter(scalar) ? 1 : 0
      others += isArabicLetter(scalar) ? 0 : 1
      common += commonLetters.contains(scalar) ? 1 : 0
    }
    return (letters > others, common)
  }

  private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x0621...0x0652).contains(scalar.value)
  }

  private static func isLatinLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && scalar.properties.isAlphabetic
  }

  /// What names hold besides letters: other Arabic characters, quotes, dashes, hard blanks, marks of direction.
  private static func isBesideLetters(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0600...0x06FF, 0x00A0, 0x00AB, 0x00AD, 0x00BB, 0x200C...0x200F, 0x2013, 0x2014, 0x2018...0x201D, 0x2022,
      0x2026:
      true
    default: false
    }
  }

  /// The letters that a shape of CP864 stands for; another character itself.
  private static func letters(of scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    let isShape = (0xFE70...0xFEFC).contains(scalar.value)
    let text = String(scalar)
    return (isShape ? text.precomposedStringWithCompatibilityMapping : text).unicodeScalars
  }
}
