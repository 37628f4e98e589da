/// The pieces that AraBERT's vocabulary keeps apart, and how Farasa's `و+كتاب+ة` becomes `و+ كتاب +ة`.
enum AffixPieces {
  static let prefixes: Set<Scalars> = scalars(["ال", "و", "ف", "ب", "ك", "ل", "لل", "س"])
  static let suffixes: Set<Scalars> = scalars([
    "ه", "ها", "ك", "ي", "هما", "كما", "نا", "كم", "هم", "هن", "كن", "ا", "ان", "ين", "ون", "وا", "ات", "ت", "ن", "ة",
  ])
  /// What stands for an address that was replaced.
  static let names: Set<Scalars> = scalars(["رابط", "بريد", "مستخدم"])
  private static let kaf: Scalars = [0x643]

  private static func scalars(_ words: [String]) -> Set<Scalars> {
    Set(words.map(ScalarText.decode))
  }

  /// arabert 1.0.1's `_farasa_segment`, quirks included: lone brackets go, `+` alone leaves an empty piece.
  static func spread(_ text: Scalars) -> [Scalars] {
    spread(text) { word in word.contains(0x2B) ? split(word) : [Scalars(word)] }
  }

  /// The first generation's `_tokenize_arabic_words_farasa`.
  static func spreadFirst(_ text: Scalars) -> [Scalars] {
    spread(text) { word in
      word.split(separator: 0x2B, omittingEmptySubsequences: false).map { part in
        let piece = Scalars(part)
        return prefixes.contains(piece) ? piece + [0x2B] : suffixes.contains(piece) ? [0x2B] + piece : piece
      }
    }
  }

  /// Pieces of a text that is segmented already and not cleaned.
  static func spread(presegmented text: String) -> String {
    ScalarText.encode(join(spread(ScalarText.decode(text)).filter { !$0.isEmpty }))
  }

  /// Pieces of a text that is not cleaned, its white space joined.
  static func spread(_ text: String, by segmenter: any WordSegmenter) throws -> String {
    let line = ScalarText.encode(ScalarText.collapse(ScalarText.decode(text)))
    return spread(presegmented: try segmenter.segment(line))
  }

  private static func spread(_ text: Scalars, pieces: (ArraySlice<UInt32>) -> [Scalars]) -> [Scalars] {
    let words = ScalarText.words(text)
    var result: [Scalars] = []
    result.reserveCapacity(words.count)
    for (index, word) in words.enumerated() {
      if isBracket(word) { continue }
      // Python's index -1: before the first word stands the last one.
      let previous = words[index > 0 ? index - 1 : words.count - 1]
      if isBracket(previous), names.contains(Scalars(word)) {
        result.append([0x5B] + word + [0x5D])
      } else {
        result += pieces(word)
      }
    }
    return result
  }

  private static func isBracket(_ word: ArraySlice<UInt32>) -> Bool {
    word.count == 1 && (word.first == 0x5B || word.first == 0x5D)
  }

  /// `_split_farasa_output`: a piece is a prefix, a suffix or a stem by the lists; ك, which is in both, is a prefix
  /// when it comes first or after a prefix. (Where the word begins with `+ك+` the package fails; here ك is a suffix.)
  static func split(_ word: ArraySlice<UInt32>) -> [Scalars] {
    var result: [Scalars] = []
    let parts = word.split(separator: 0x2B, omittingEmptySubsequences: false).map { Scalars($0) }
    for (index, piece) in parts.dropLast().enumerated() {
      if piece == kaf {
        result.append(index == 0 || result.last?.last == 0x2B ? piece + [0x2B] : [0x2B] + piece)
      } else if prefixes.contains(piece) {
        result.append(piece + [0x2B])
      } else {
        result.append(suffixes.contains(piece) ? [0x2B] + piece : piece)
      }
    }
    if let last = parts.last, !last.isEmpty {
      result.append(suffixes.contains(last) ? [0x2B] + last : last)
    }
    return result
  }

  /// What ``split(_:)`` gives of a segmented word, a space between two pieces.
  static func pieces(ofSegmented word: Scalars) -> Scalars {
    word.contains(0x2B) ? join(split(word[...])) : word
  }

  private static let marks = LexiconTable(
    prefixes.reduce(into: [:]) { $0[$1, default: 0] |= 1 }.merging(suffixes.map { ($0, 2) }, uniquingKeysWith: |))

  /// Appends the pieces of a cut as UTF-8, as ``split(_:)`` marks them, a space between two. The prefixes and suffixes of a
  /// ``LightCut`` are all in the lists; a stem may be, as in `ل+ها`.
  static func append(_ cut: LightCut, to result: inout [UInt8]) {
    guard cut.prefixes.count + cut.suffixes.count > 0 else { return append(cut.stem, to: &result) }
    var index = 0
    cut.forEachPiece { piece in
      if index > 0 { result.append(0x20) }
      let place = index - cut.prefixes.count
      index += 1
      var isPrefix = place < 0
      var isSuffix = place > 0
      if place == 0 {
        let marks = marks.value(of: piece)
        isPrefix = cut.suffixes.count > 0 && marks & 1 != 0
        isSuffix = !isPrefix && marks & 2 != 0
      }
      if isSuffix { result.append(0x2B) }
      append(piece, to: &result)
      if isPrefix { result.append(0x2B) }
    }
  }

  /// Arabic letters are two bytes each.
  private static func append(_ letters: WordView, to result: inout [UInt8]) {
    for index in 0..<letters.count {
      result.append(UInt8(truncatingIfNeeded: 0xC0 | letters[index] >> 6))
      result.append(UInt8(truncatingIfNeeded: 0x80 | letters[index] & 0x3F))
    }
  }

  /// The pieces with one space between two of them, empty ones included, as Python's `" ".join` has it.
  static func join(_ pieces: [Scalars]) -> Scalars {
    Scalars(pieces.joined(separator: [0x20]))
  }
}
