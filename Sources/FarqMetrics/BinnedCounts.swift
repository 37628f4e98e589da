/// Counts of every class at fixed thresholds, which add up over batches in constant memory.
struct BinnedCounts: Sendable {
  let thresholds: [Float]
  let classCount: Int
  /// The thresholds in rising order, and where each stands in `thresholds`.
  private let sorted: [(value: Float, position: Int)]
  /// For each class, positives (then negatives) whose score reaches exactly so many of the sorted thresholds.
  private var reached: [[Int]]

  init(thresholds: [Float], classCount: Int) {
    self.thresholds = thresholds
    self.classCount = classCount
    sorted = thresholds.enumerated().map { ($0.element, $0.offset) }.sorted { $0.value < $1.value }
    reached = [[Int]](repeating: [Int](repeating: 0, count: thresholds.count + 1), count: 2 * classCount)
  }

  mutating func add(_ rows: [Float], targets: [Int]) {
    let values = sorted.map(\.value)
    for (row, target) in targets.enumerated() {
      for label in 0..<classCount {
        let kind = 2 * label + (target == label ? 0 : 1)
        reached[kind][Self.countReached(values, rows[row * classCount + label])] += 1
      }
    }
  }

  mutating func add(_ other: BinnedCounts) {
    for kind in reached.indices {
      for bin in reached[kind].indices { reached[kind][bin] += other.reached[kind][bin] }
    }
  }

  mutating func reset() {
    self = BinnedCounts(thresholds: thresholds, classCount: classCount)
  }

  var positives: [Int] { (0..<classCount).map { reached[2 * $0].reduce(0, +) } }

  func counts(of label: Int) -> ThresholdCounts {
    counts(positive: reached[2 * label], negative: reached[2 * label + 1])
  }

  func microCounts() -> ThresholdCounts {
    let sum = { (parity: Int) in
      (0...thresholds.count).map { bin in (0..<classCount).reduce(0) { $0 + reached[2 * $1 + parity][bin] } }
    }
    return counts(positive: sum(0), negative: sum(1))
  }

  private func counts(positive: [Int], negative: [Int]) -> ThresholdCounts {
    ThresholdCounts(
      thresholds: thresholds, truePositives: atLeast(positive), falsePositives: atLeast(negative),
      positives: positive.reduce(0, +), negatives: negative.reduce(0, +))
  }

  /// How many reach each threshold, in the order in which the thresholds were given.
  private func atLeast(_ bins: [Int]) -> [Int32] {
    var result = [Int32](repeating: 0, count: thresholds.count)
    var sum = 0
    for rank in sorted.indices.reversed() {
      sum += bins[rank + 1]
      result[sorted[rank].position] = Int32(clamping: sum)
    }
    return result
  }

  /// How many of the rising `values` the score reaches; NaN reaches none.
  private static func countReached(_ values: [Float], _ score: Float) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if score >= values[middle] { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
