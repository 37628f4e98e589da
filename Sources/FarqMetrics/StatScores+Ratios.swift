extension StatScores {
  /// Accuracy tp / (tp + fn): micro is the share of right predictions, macro the mean recall ("balanced accuracy").
  ///
  /// - Parameter topK: the k that the counts were made with; it decides which classes macro leaves out.
  public func accuracy(_ average: Average, topK: Int = 1) -> MetricValue {
    averaged(average, topK: topK) { Self.ratio($0.truePositives, $0.support) }
  }

  /// Precision tp / (tp + fp); `zeroDivision` (0 or 1) where the class was never predicted.
  public func precision(_ average: Average, topK: Int = 1, zeroDivision: Double = 0) -> MetricValue {
    averaged(average, topK: topK) { Self.ratio($0.truePositives, $0.truePositives + $0.falsePositives, zeroDivision) }
  }

  /// Recall tp / (tp + fn); `zeroDivision` (0 or 1) where the class is no target.
  public func recall(_ average: Average, topK: Int = 1, zeroDivision: Double = 0) -> MetricValue {
    averaged(average, topK: topK) { Self.ratio($0.truePositives, $0.support, zeroDivision) }
  }

  /// F_β = (1 + β²)·tp / ((1 + β²)·tp + β²·fn + fp); `zeroDivision` (0 or 1) where that is 0/0.
  public func fBeta(_ average: Average, beta: Double, zeroDivision: Double = 0) -> MetricValue {
    averaged(average) { counts in
      let squared = beta * beta
      let hits = (1 + squared) * Double(counts.truePositives)
      let all = hits + squared * Double(counts.falseNegatives) + Double(counts.falsePositives)
      return all == 0 ? zeroDivision : hits / all
    }
  }

  /// Specificity tn / (tn + fp); 0 where that is 0/0.
  public func specificity(_ average: Average) -> MetricValue {
    averaged(average) { Self.ratio($0.trueNegatives, $0.trueNegatives + $0.falsePositives) }
  }

  /// Negative predictive value tn / (tn + fn); `zeroDivision` (0 or 1) where that is 0/0.
  public func negativePredictiveValue(_ average: Average, topK: Int = 1, zeroDivision: Double = 0) -> MetricValue {
    averaged(average, topK: topK) { Self.ratio($0.trueNegatives, $0.trueNegatives + $0.falseNegatives, zeroDivision) }
  }

  /// Hamming distance 1 − tp / (tp + fn): 1 for a class that is no target.
  public func hammingDistance(_ average: Average) -> MetricValue {
    averaged(average) { 1 - Self.ratio($0.truePositives, $0.support) }
  }

  static func ratio(_ numerator: Int, _ denominator: Int, _ zeroDivision: Double = 0) -> Double {
    denominator == 0 ? zeroDivision : Double(numerator) / Double(denominator)
  }

  /// Applies `formula` to the sum (micro) or to every class, and averages as TorchMetrics' `_adjust_weights_safe_divide`:
  /// macro leaves out classes without tp, fp and fn (with topK > 1: without tp and fn); no class left gives 0.
  func averaged(_ average: Average, topK: Int = 1, _ formula: (ClassCounts) -> Double) -> MetricValue {
    switch average {
    case .micro: return .number(formula(sum))
    case .none: return .numbers(classes.map(formula))
    case .macro:
      let present = classes.filter { topK == 1 ? $0.support + $0.falsePositives != 0 : $0.support != 0 }
      return .number(present.isEmpty ? 0 : present.reduce(0) { $0 + formula($1) } / Double(present.count))
    case .weighted:
      let support = classes.reduce(0) { $0 + $1.support }
      let weighted = classes.reduce(0) { $0 + Double($1.support) * formula($1) }
      return .number(support == 0 ? 0 : weighted / Double(support))
    }
  }
}
