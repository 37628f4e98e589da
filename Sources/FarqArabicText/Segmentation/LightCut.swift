/// A word cut into prefixes, stem and suffixes.
struct LightCut {
  /// In the order of the word.
  var prefixes: [Scalars] = []
  /// What is left.
  var stem: Scalars
  /// In the order of the word.
  var suffixes: [Scalars] = []

  /// All parts in order.
  var pieces: [Scalars] { prefixes + [stem] + suffixes }

  /// Whether the article is among the prefixes, be it as the second lam of `لل`.
  var isDefinite = false

  /// Moves the first `count` letters of the stem to the prefixes.
  mutating func cutPrefix(_ count: Int) {
    prefixes.append(Scalars(stem.prefix(count)))
    stem.removeFirst(count)
  }

  /// Moves the last `count` letters of the stem to the suffixes.
  mutating func cutSuffix(_ count: Int) {
    suffixes.insert(Scalars(stem.suffix(count)), at: 0)
    stem.removeLast(count)
  }
}
