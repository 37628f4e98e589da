/// A word during training: the pieces it has by now, and how often it was seen.
struct TrainingWord {
  private(set) var pieces: [Int32]
  let count: Int

  init(pieces: [Int32], count: Int) {
    self.pieces = pieces
    self.count = count
  }

  /// Replaces each `pair` by `merged` and tells which pairs came (+1) and went (-1), in the order of `Word::merge` of
  /// `tokenizers`.
  mutating func merge(_ pair: Pair, into merged: Int32, change: (Pair, Int) -> Void) {
    var index = 0
    while index + 1 < pieces.count {
      if pieces[index] == pair.first, pieces[index + 1] == pair.second {
        if index > 0 {
          change(Pair(pieces[index - 1], pair.first), -1)
          change(Pair(pieces[index - 1], merged), 1)
        }
        pieces[index] = merged
        pieces.remove(at: index + 1)
        if index + 1 < pieces.count {
          change(Pair(pair.second, pieces[index + 1]), -1)
          change(Pair(merged, pieces[index + 1]), 1)
        }
      }
      index += 1
    }
  }
}
