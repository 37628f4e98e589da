/// What one of the peers knows of each scalar, read once from the generated tables.
struct ScalarProperties: Sendable {
  /// The properties as the `tokenizers` library sees them.
  static let shared = ScalarProperties(.library)
  /// The properties as Python sees them.
  static let python = ScalarProperties(.python)

  /// Properties of one scalar, as bits.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// Removed by cleaning: NUL, U+FFFD and the controls, formats and private-use scalars that the crate knows.
    static let removed = Flags(rawValue: 1)
    /// Turned into a space by cleaning.
    static let blank = Flags(rawValue: 2)
    /// An ideograph that gets spaces around it.
    static let ideograph = Flags(rawValue: 4)
    /// White space at which words end.
    static let white = Flags(rawValue: 8)
    /// Punctuation that is a word of its own.
    static let punctuation = Flags(rawValue: 16)
    /// A mark (Mn) that accent stripping drops.
    static let nonspacingMark = Flags(rawValue: 32)
    /// Has a canonical decomposition or a lower case.
    static let mapped = Flags(rawValue: 64)
    /// `\w` of the regular expressions that the library looks around single-word tokens with.
    static let wordCharacter = Flags(rawValue: 128)
  }

  private let pages: [UInt16]
  private let flags: [UInt8]
  private let decompositions: [UInt32: [UInt32]]
  private let lowercase: [UInt32: [UInt32]]
  private let combiningClasses: [UInt32: UInt8]

  /// Reads the tables of one source.
  private init(_ source: ScalarSource) {
    var all = [UInt8](repeating: 0, count: 0x110000)
    for (text, flag) in source.classes {
      for range in ScalarRanges.ranges(text) {
        for scalar in range { all[Int(scalar)] |= flag.rawValue }
      }
    }
    decompositions = Dictionary(source.decompositions.flatMap(ScalarRanges.pairs)) { $1 }
    lowercase = Dictionary(source.lowercase.flatMap(ScalarRanges.pairs)) { $1 }
    for scalar in decompositions.keys { all[Int(scalar)] |= Flags.mapped.rawValue }
    for scalar in lowercase.keys { all[Int(scalar)] |= Flags.mapped.rawValue }
    var classes: [UInt32: UInt8] = [:]
    for (value, ranges) in source.combiningClasses.flatMap(ScalarRanges.values) {
      for range in ranges {
        for scalar in range { classes[scalar] = value }
      }
    }
    combiningClasses = classes
    (pages, flags) = PagedTable.compress(all)
  }

  /// The flags of `scalar`, which is below 0x110000.
  func flags(of scalar: UInt32) -> Flags {
    Flags(rawValue: flags[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)])
  }

  /// All decompositions but those of Hangul syllables.
  var allDecompositions: [UInt32: [UInt32]] { decompositions }

  /// All scalars with a combining class other than 0.
  var nonstarters: [UInt32: UInt8] { combiningClasses }

  /// The canonical combining class.
  func combiningClass(of scalar: UInt32) -> UInt8 { combiningClasses[scalar] ?? 0 }

  /// The canonical decomposition (NFD).
  func decomposition(of scalar: UInt32) -> [UInt32] {
    if scalar >= 0xAC00, scalar < 0xD7A4 {
      let index = scalar - 0xAC00
      let jamo = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
      return index % 28 == 0 ? jamo : jamo + [0x11A7 + index % 28]
    }
    return decompositions[scalar] ?? [scalar]
  }

  /// The lower case, without regard to neighbours.
  func lowercase(of scalar: UInt32) -> [UInt32] { lowercase[scalar] ?? [scalar] }
}
