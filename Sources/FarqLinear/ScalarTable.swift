/// Whether a scalar is Python's `\w`, and its lower case: a table over the basic plane, made once.
struct ScalarTable: Sendable {
  static let shared = ScalarTable()
  /// The bit that says that the lower-case scalar is `\w`.
  static let word: UInt32 = 1 << 31
  /// The entry of a scalar whose lower case is more than one scalar.
  static let special: UInt32 = .max

  private let entries: [UInt32]

  private init() {
    entries = (0..<0x10000).map { Unicode.Scalar($0).map(Self.makeEntry) ?? 0 }
  }

  /// The lower case of `scalar` in the low 21 bits and ``word``, or ``special``.
  func entry(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.value < 0x10000 ? entries[Int(scalar.value)] : Self.makeEntry(scalar)
  }

  /// Python's `str.isalnum()` or `_`.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return scalar.properties.numericType != nil
    }
  }

  private static func makeEntry(_ scalar: Unicode.Scalar) -> UInt32 {
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    guard lower.count == 1, let only = lower.first else { return special }
    return only.value | (isWord(only) ? word : 0)
  }
}
