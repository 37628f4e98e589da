/// Cuts text into words as scikit-learn's default `(?u)\b\w\w+\b` does after Python's `str.lower()`: runs of at
/// least two scalars of Python's `\w`, which are letters, numbers of any kind and `_`. Marks (Mn), so Arabic
/// diacritics too, are not `\w`: they end a word.
///
/// Unlike Python, a capital sigma at the end of a word becomes σ, not ς.
struct TermScanner {
  /// The words of the last text as UTF-8 with a space after each, so that neighbours stand as n-grams do.
  private(set) var buffer: [UInt8] = []
  /// Where each word lies in `buffer`.
  private(set) var words: [Range<Int>] = []
  private var start = 0
  private var length = 0
  private let table = ScalarTable.shared

  /// Replaces the words by those of `text`.
  mutating func scan(_ text: String) {
    buffer.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    start = 0
    length = 0
    for scalar in text.unicodeScalars {
      let entry = table.entry(scalar)
      if entry == ScalarTable.special {
        for part in scalar.properties.lowercaseMapping.unicodeScalars { append(part.value, ScalarTable.isWord(part)) }
      } else {
        append(entry & 0x1F_FFFF, entry & ScalarTable.word != 0)
      }
    }
    endWord()
  }

  private mutating func append(_ value: UInt32, _ isWord: Bool) {
    guard isWord, let scalar = Unicode.Scalar(value) else { return endWord() }
    length += 1
    if value < 0x80 {
      buffer.append(UInt8(value))
    } else {
      buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private mutating func endWord() {
    if length >= 2 {
      words.append(start..<buffer.count)
      buffer.append(0x20)
    } else if length == 1 {
      buffer.removeSubrange(start...)
    }
    start = buffer.count
    length = 0
  }
}
