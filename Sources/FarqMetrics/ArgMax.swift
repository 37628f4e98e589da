/// The class with the highest score.
enum ArgMax {
  /// The label of every row of `scores` [N × C]; the first of equal ones; NaN counts as the highest, as `torch.argmax`.
  static func labels(_ scores: [Float], classCount: Int) -> [Int] {
    guard classCount > 0 else { return [] }
    let count = scores.count / classCount
    return scores.withUnsafeBufferPointer { pointer in
      [Int](unsafeUninitializedCapacity: count) { labels, filled in
        for row in 0..<count {
          labels[row] = index(UnsafeBufferPointer(rebasing: pointer[(row * classCount)...].prefix(classCount)))
        }
        filled = count
      }
    }
  }

  /// The position of the highest of `values`, which are at least one.
  static func index(_ values: UnsafeBufferPointer<Float>) -> Int {
    var best = 0
    for candidate in 1..<max(1, values.count) {
      if values[best].isNaN { break }
      if values[candidate] > values[best] || values[candidate].isNaN { best = candidate }
    }
    return best
  }
}
