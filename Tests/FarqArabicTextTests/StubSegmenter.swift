import FarqArabicText

/// The stand-in for Farasa of `arabert_peer.py`: cuts و, then ال or ك, from the front and ة, ها or ك from the end of
/// words long enough.
struct StubSegmenter: WordSegmenter {
  func segment(_ line: String) -> String {
    line.unicodeScalars.split { $0.properties.isWhitespace || (0x1C...0x1F).contains($0.value) }
      .map { word(Array($0)) }.joined(separator: " ")
  }

  private func word(_ word: [Unicode.Scalar]) -> String {
    var word = word[...]
    var front = ""
    if word.first == "و", word.count > 3 {
      front = "و+"
      word.removeFirst()
    }
    for prefix in ["ال", "ك"] where word.starts(with: prefix.unicodeScalars) && word.count > 4 {
      front += prefix + "+"
      word.removeFirst(prefix.unicodeScalars.count)
      break
    }
    for suffix in ["ة", "ها", "ك"]
    where word.count > 3 && word.suffix(suffix.unicodeScalars.count).elementsEqual(suffix.unicodeScalars) {
      return front + text(word.dropLast(suffix.unicodeScalars.count)) + "+" + suffix
    }
    return front + text(word)
  }

  private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
