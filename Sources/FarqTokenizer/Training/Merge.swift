/// A merge that may be done: the pair, its count when queued, and the words to look at.
struct Merge {
  let pair: Pair
  var count: Int
  let words: [Int32]

  /// Whether this merge comes first: the higher count, then the lower ids.
  func precedes(_ other: Merge) -> Bool {
    count != other.count ? count > other.count : pair < other.pair
  }
}
