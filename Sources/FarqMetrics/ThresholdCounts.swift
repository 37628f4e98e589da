/// How many positives and negatives of one class reach each threshold: what every curve is made of.
struct ThresholdCounts: Sendable {
  /// The thresholds: falling where exact, as given where fixed.
  let thresholds: [Float]
  /// Positives with a score of at least the threshold.
  let truePositives: [Int32]
  /// Negatives with a score of at least the threshold.
  let falsePositives: [Int32]
  /// All positives.
  let positives: Int
  /// All negatives.
  let negatives: Int
  /// Whether the thresholds are the scores that occur.
  let isExact: Bool
  /// TorchMetrics calls recall 1 everywhere where all targets are class 0 (exact curves of labels only).
  let recallIsOne: Bool

  /// Counts at fixed thresholds.
  init(thresholds: [Float], truePositives: [Int32], falsePositives: [Int32], positives: Int, negatives: Int) {
    self.thresholds = thresholds
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.positives = positives
    self.negatives = negatives
    isExact = false
    recallIsOne = false
  }

  /// Counts at every score that occurs. The keys are used up.
  ///
  /// - Parameter keys: made by ``key(_:isPositive:)``, in any order.
  init(keys: inout [UInt32], recallIsOne: Bool) {
    RadixSort.sort(&keys)
    var (thresholds, hits, alarms): ([Float], [Int32], [Int32]) = ([], [], [])
    thresholds.reserveCapacity(keys.count)
    hits.reserveCapacity(keys.count)
    alarms.reserveCapacity(keys.count)
    var seen: Int32 = 0
    var positive: Int32 = 0
    for index in keys.indices.reversed() {
      let key = keys[index]
      seen += 1
      positive += Int32(key & 1)
      let score = key >> 1
      // NaN differs from everything, itself too, so that each stands alone.
      if index == 0 || keys[index - 1] >> 1 != score || score > 0x7F80_0000 {
        thresholds.append(Float(bitPattern: score))
        hits.append(positive)
        alarms.append(seen - positive)
      }
    }
    self.thresholds = thresholds
    truePositives = hits
    falsePositives = alarms
    positives = Int(positive)
    negatives = Int(seen - positive)
    isExact = true
    self.recallIsOne = recallIsOne
  }

  /// A score of 0 or more (or NaN, which sorts highest) and whether it is a positive's, as one sortable number.
  static func key(_ score: Float, isPositive: Bool) -> UInt32 {
    (score.isNaN ? 0x7FC0_0000 : (score + 0).bitPattern) << 1 | (isPositive ? 1 : 0)
  }

  /// The equal error rate of the exact ROC of `keys`, which are used up, without building the curve.
  static func equalErrorRate(keys: inout [UInt32]) -> Double {
    RadixSort.sort(&keys)
    let positives = keys.reduce(0) { $0 + Int($1 & 1) }
    let negatives = keys.count - positives
    // The curve starts at (0, 0), where no error is equal: a gap of 1.
    var best: (gap: Float, rate: Float) = (1, 0.5)
    var (seen, hits) = (0, 0)
    for index in keys.indices.reversed() {
      seen += 1
      hits += Int(keys[index] & 1)
      if index > 0, keys[index - 1] >> 1 == keys[index] >> 1, keys[index] >> 1 <= 0x7F80_0000 { continue }
      let fpr = negatives == 0 ? 0 : Float(seen - hits) / Float(negatives)
      let miss = 1 - (positives == 0 ? 0 : Float(hits) / Float(positives))
      if abs(fpr - miss) < best.gap { best = (abs(fpr - miss), (fpr + miss) / 2) }
    }
    return keys.isEmpty ? .nan : Double(best.rate)
  }

  /// The receiver operating characteristic. Exact ones start at (0, 0) with threshold 1; without negatives (or positives)
  /// the false (or true) positive rate is 0 everywhere.
  func roc() -> ROCCurve {
    let fpr = falsePositives.map { negatives == 0 ? 0 : Float($0) / Float(negatives) }
    let tpr = truePositives.map { positives == 0 ? 0 : Float($0) / Float(positives) }
    return isExact
      ? ROCCurve(falsePositiveRates: [0] + fpr, truePositiveRates: [0] + tpr, thresholds: [1] + thresholds)
      : ROCCurve(
        falsePositiveRates: fpr.reversed(), truePositiveRates: tpr.reversed(), thresholds: thresholds.reversed())
  }

  /// The precision-recall curve. 0/0 is NaN: recall without positives, precision at a fixed threshold that nothing reaches.
  func precisionRecall() -> PrecisionRecallCurve {
    let precision = zip(truePositives, falsePositives).map { Float($0) / Float($0 + $1) }
    let recall = truePositives.map { recallIsOne ? 1 : Float($0) / Float(positives) }
    return isExact
      ? PrecisionRecallCurve(
        precision: precision.reversed() + [1], recall: recall.reversed() + [0], thresholds: thresholds.reversed())
      : PrecisionRecallCurve(precision: precision + [1], recall: recall + [0], thresholds: thresholds)
  }
}
