extension PrecisionRecallCurve {
  /// Average precision: Σ (recall step × precision). NaN for a class without positives.
  ///
  /// - Parameter nanIsZero: TorchMetrics takes undefined points for 0 where thresholds are fixed.
  public func averagePrecision(nanIsZero: Bool) -> Double {
    let number = { (value: Float) in nanIsZero && value.isNaN ? 0 : Double(value) }
    var sum = 0.0
    for index in precision.indices.dropLast() {
      sum += (number(recall[index]) - number(recall[index + 1])) * number(precision[index])
    }
    return sum
  }

  /// The highest recall with a precision of at least `minimum`; of equal ones the highest precision, then threshold.
  /// The threshold is NaN where the recall is 0; a class without positives has recall 0.
  public func recall(atPrecision minimum: Double) -> OperatingPoint {
    best { index in
      precision[index] >= Float(minimum) && !recall[index].isNaN
        ? [recall[index], precision[index], thresholds[index]] : nil
    }
  }

  /// The highest precision with a recall of at least `minimum`; of equal ones the highest recall, then threshold.
  /// The threshold is NaN where the precision is 0.
  public func precision(atRecall minimum: Double) -> OperatingPoint {
    best { index in
      recall[index] >= Float(minimum) ? [precision[index], recall[index], thresholds[index]] : nil
    }
  }

  /// The greatest candidate in lexicographic order, the first of equal ones; compared as Python compares tuples with NaN:
  /// a NaN that stands first stays, one that comes later never wins.
  private func best(_ candidate: (Int) -> [Float]?) -> OperatingPoint {
    var best: [Float]?
    for index in thresholds.indices {
      guard let next = candidate(index) else { continue }
      if let current = best, !Self.exceeds(next, current) { continue }
      best = next
    }
    guard let best, best[0] != 0 else { return OperatingPoint(rate: 0, threshold: .nan) }
    return OperatingPoint(rate: best[0], threshold: best[2])
  }

  private static func exceeds(_ left: [Float], _ right: [Float]) -> Bool {
    for (a, b) in zip(left, right) where a != b { return a > b }
    return false
  }
}
