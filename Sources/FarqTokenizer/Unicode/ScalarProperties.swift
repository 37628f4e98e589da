/// What `tokenizers` 0.22.2 knows of a scalar, read once from the generated tables.
struct ScalarProperties: Sendable {
  /// The properties of every scalar, made on first use.
  static let shared = ScalarProperties()

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

  private init() {
    var all = [UInt8](repeating: 0, count: 0x110000)
    func mark(_ text: StaticString, _ flag: Flags) {
      for range in ScalarRanges.ranges(text) {
        for scalar in range { all[Int(scalar)] |= flag.rawValue }
      }
    }
    mark(ScalarClassData.removed, .removed)
    mark(ScalarClassData.blank, .blank)
    mark(ScalarClassData.ideographs, .ideograph)
    mark(ScalarClassData.white, .white)
    mark(ScalarClassData.punctuation, .punctuation)
    mark(ScalarClassData.nonspacingMarks, .nonspacingMark)
    mark(ScalarClassData.wordCharacters, .wordCharacter)
    let pairs = ScalarRanges.pairs(DecompositionData.pairs) + ScalarRanges.pairs(CompatibilityIdeographData.pairs)
    decompositions = Dictionary(pairs) { first, _ in first }
    lowercase = Dictionary(ScalarRanges.pairs(LowercaseData.pairs)) { first, _ in first }
    for scalar in decompositions.keys { all[Int(scalar)] |= Flags.mapped.rawValue }
    for scalar in lowercase.keys { all[Int(scalar)] |= Flags.mapped.rawValue }
    var classes: [UInt32: UInt8] = [:]
    for (value, ranges) in ScalarRanges.values(CombiningClassData.classes) {
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

  /// The scalars that have a decomposition (Hangul syllables left out) or a lower case.
  var mappedScalars: Set<UInt32> { Set(decompositions.keys).union(lowercase.keys) }

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
