/// The equal error rate of all classes' scores in one (micro), by counting instead of sorting: the errors cross once along
/// the curve, so two passes over the scores find the point, and nothing as large as the scores is kept.
struct PooledErrorRate {
  private let state: CurveState
  private let negatives: Int
  private let positives: Int

  /// The error rate of an exact state.
  init(_ state: CurveState) {
    self.state = state
    positives = state.targets.count
    negatives = state.probabilities.count - positives
  }

  /// The mean of false positive and false negative rate where they are nearest; NaN without any document.
  func value() -> Double {
    guard positives > 0 else { return .nan }
    // The curve starts at (0, 0), where no error is equal: a gap of 1.
    var point = Point(seen: 0, hits: 0, gap: 1, rate: 0.5)
    guard let part = walk(counts { Int($0 >> 16) }, from: &point) else { return Double(point.rate) }
    // The scores with these upper bits, each score by itself.
    let fine = counts { Int($0 >> 16) == part ? Int($0 & 0xFFFF) >> 1 : nil }
    _ = walk(fine, from: &point)
    return Double(point.rate)
  }

  private struct Point {
    var seen: Int
    var hits: Int
    var gap: Float
    var rate: Float
  }

  /// How many negatives (even) and positives (odd places) fall into each of 65,536 bins.
  private func counts(_ bin: (UInt32) -> Int?) -> [Int32] {
    var counts = [Int32](repeating: 0, count: 2 << 16)
    for row in state.targets.indices {
      for label in 0..<state.classCount {
        let isPositive = state.targets[row] == label
        let key = ThresholdCounts.key(state.probabilities[row * state.classCount + label], isPositive: isPositive)
        if let bin = bin(key) { counts[2 * bin + (isPositive ? 1 : 0)] += 1 }
      }
    }
    return counts
  }

  /// Goes from the highest bin to where the errors cross, with the nearest point so far.
  ///
  /// - Returns: the bin in which they cross; `point` is left at the bin's start.
  private func walk(_ counts: [Int32], from point: inout Point) -> Int? {
    for bin in (0..<counts.count / 2).reversed() where counts[2 * bin] + counts[2 * bin + 1] > 0 {
      let hits = point.hits + Int(counts[2 * bin + 1])
      let seen = point.seen + Int(counts[2 * bin]) + Int(counts[2 * bin + 1])
      let fpr = negatives == 0 ? 0 : Float(seen - hits) / Float(negatives)
      let miss = 1 - Float(hits) / Float(positives)
      if abs(fpr - miss) < point.gap { (point.gap, point.rate) = (abs(fpr - miss), (fpr + miss) / 2) }
      if fpr >= miss { return bin }
      (point.seen, point.hits) = (seen, hits)
    }
    return nil
  }
}
