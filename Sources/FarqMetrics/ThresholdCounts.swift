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
    keys = []
  }

  /// A score of 0 or more (or NaN, which sorts highest) and whether it is a positive's, as one sortable number.
  static func key(_ score: Float, isPositive: Bool) -> UInt32 {
    (score.isNaN ? 0x7FC0_0000 : (score + 0).bitPattern) << 1 | (isPositive ? 1 : 0)
  }

  /// The receiver operating characteristic. Exact ones start at (0, 0) with threshold 1; without negatives (or positives)
  /// the false (or true) positive rate is 0 everywhere.
  func roc() -> ROCCurve {
    let fpr = { (count: Int32) in negatives == 0 ? 0 : Float(count) / Float(negatives) }
    let tpr = { (count: Int32) in positives == 0 ? 0 : Float(count) / Float(positives) }
    return isExact
      ? ROCCurve(
        falsePositiveRates: Self.list(falsePositives, first: 0, fpr),
        truePositiveRates: Self.list(truePositives, first: 0, tpr), thresholds: Self.list(thresholds, first: 1) { $0 })
      : ROCCurve(
        falsePositiveRates: falsePositives.reversed().map(fpr), truePositiveRates: truePositives.reversed().map(tpr),
        thresholds: thresholds.reversed())
  }

  /// The precision-recall curve. 0/0 is NaN: recall without positives, precision at a fixed threshold that nothing reaches.
  func precisionRecall() -> PrecisionRecallCurve {
    let precision = { (index: Int) in Float(truePositives[index]) / Float(truePositives[index] + falsePositives[index])
    }
    let recall = { (index: Int) in recallIsOne ? 1 : Float(truePositives[index]) / Float(positives) }
    return PrecisionRecallCurve(
      precision: Self.list(count, last: 1) { precision(position($0)) },
      recall: Self.list(count, last: 0) { recall(position($0)) },
      thresholds: isExact ? thresholds.reversed() : thresholds)
  }

  private var count: Int { thresholds.count }

  /// Where the point at `index` of a precision-recall curve stands here: its thresholds rise where exact.
  private func position(_ index: Int) -> Int { isExact ? count - 1 - index : index }

  /// `first`, then every value turned into a share; in one piece of memory, for a curve may have a million points.
  private static func list<Value>(_ values: [Value], first: Float, _ share: (Value) -> Float) -> [Float] {
    var list: [Float] = []
    list.reserveCapacity(values.count + 1)
    list.append(first)
    for value in values { list.append(share(value)) }
    return list
  }

  /// A share for every index up to `count`, then `last`.
  private static func list(_ count: Int, last: Float, _ share: (Int) -> Float) -> [Float] {
    var list: [Float] = []
    list.reserveCapacity(count + 1)
    for index in 0..<count { list.append(share(index)) }
    list.append(last)
    return list
  }
}
