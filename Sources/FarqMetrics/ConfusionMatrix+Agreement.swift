extension ConfusionMatrix {
  /// Matthews' correlation coefficient, the multiclass R_k: cov(t, p) / √(cov(p, p)·cov(t, t)); −1 to 1.
  ///
  /// Behaves as `multiclass_matthews_corrcoef` of TorchMetrics 1.9: 0 where the denominator is 0 (one class only,
  /// or nothing counted), with that library's special cases for two classes, and in single precision as there:
  /// for a model that predicts nearly always one class of a million, the rounding reaches the fourth digit.
  public func matthewsCorrelation() -> Double {
    if classCount == 2, let value = binaryMatthewsEnd() { return value }
    let targets = targetCounts.map { Float($0) }
    let predictions = predictionCounts.map { Float($0) }
    let all = Float(total)
    let dot = { (a: [Float], b: [Float]) in zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
    let numerator = Float(correct) * all - dot(targets, predictions)
    let denominator = (all * all - dot(predictions, predictions)) * (all * all - dot(targets, targets))
    if denominator == 0 { return classCount == 2 ? binaryMatthewsLimit() : 0 }
    return Double(numerator / denominator.squareRoot())
  }

  /// All right is 1 and all wrong is −1 for two classes, even where only one of them occurs.
  private func binaryMatthewsEnd() -> Double? {
    let right = self[0, 0] + self[1, 1]
    let wrong = self[0, 1] + self[1, 0]
    if right != 0 && wrong == 0 { return 1 }
    if right == 0 && wrong != 0 { return -1 }
    return nil
  }

  /// TorchMetrics' value for two classes where the denominator is 0: a limit with a small epsilon.
  private func binaryMatthewsLimit() -> Double {
    let (tn, fp, fn, tp) = (self[0, 0], self[0, 1], self[1, 0], self[1, 1])
    let epsilon = Float.ulpOfOne
    let numerator: Float
    if fn == 0 && tn == 0 {
      numerator = epsilon.squareRoot() * Float(tp - fp)
    } else if fp == 0 && tn == 0 {
      numerator = epsilon.squareRoot() * Float(tp - fn)
    } else if tp == 0 && fn == 0 {
      numerator = epsilon.squareRoot() * Float(tn - fp)
    } else if tp == 0 && fp == 0 {
      numerator = epsilon.squareRoot() * Float(tn - fn)
    } else {
      return 0
    }
    let margins = [tp + fp, tp + fn, tn + fp, tn + fn].map { Float($0) + epsilon }
    return Double(numerator / (margins[0] * margins[1] * margins[2] * margins[3]).squareRoot())
  }

  /// Cohen's κ: 1 − Σ w·observed / Σ w·expected, where w is 0 on the diagonal.
  ///
  /// NaN where only one class occurs in both targets and predictions, or nothing was counted (0/0), as TorchMetrics.
  public func cohenKappa(weights: KappaWeights = .none) -> Double {
    let (targets, predictions) = (targetCounts, predictionCounts)
    let all = Double(total)
    var observed = 0.0
    var expected = 0.0
    for row in 0..<classCount {
      for column in 0..<classCount {
        let weight = weights.weight(row, column)
        observed += weight * Double(self[row, column])
        expected += weight * (Double(targets[row]) * Double(predictions[column]) / all)
      }
    }
    return 1 - observed / expected
  }
}
