/// How words were cut, kept by word.
final class WordMemory {
  private static let mostWords = 100_000
  private var known: [Scalars: (prefixes: PieceLengths, suffixes: PieceLengths)] = [:]

  /// How `word` was cut, or how `make` cuts it.
  func recall(_ word: WordView, _ make: (WordView) -> LightCut) -> LightCut {
    let letters = word.scalars
    if let (prefixes, suffixes) = known[letters] {
      return LightCut(
        prefixes: prefixes, stem: word.dropFirst(prefixes.sum).dropLast(suffixes.sum), suffixes: suffixes)
    }
    if known.count >= Self.mostWords { known.removeAll(keepingCapacity: true) }
    let cut = make(word)
    known[letters] = (cut.prefixes, cut.suffixes)
    return cut
  }
}
