extension ROCCurve {
  /// The highest sensitivity with a specificity of at least `minimum`; (0, 1,000,000) where there is none.
  public func sensitivity(atSpecificity minimum: Double) -> OperatingPoint {
    let specificity = falsePositiveRates.map { 1 - $0 }
    return best(of: truePositiveRates, where: specificity, reaches: Float(minimum))
  }

  /// The highest specificity with a sensitivity of at least `minimum`; (0, 1,000,000) where there is none.
  public func specificity(atSensitivity minimum: Double) -> OperatingPoint {
    best(of: falsePositiveRates.map { 1 - $0 }, where: truePositiveRates, reaches: Float(minimum))
  }

  /// The first of the highest `rates`, that is the one with the highest threshold.
  private func best(of rates: [Float], where others: [Float], reaches minimum: Float) -> OperatingPoint {
    var best: Int?
    for index in rates.indices where others[index] >= minimum {
      if let current = best, rates[index] <= rates[current] { continue }
      best = index
    }
    return best.map { OperatingPoint(rate: rates[$0], threshold: thresholds[$0]) }
      ?? OperatingPoint(rate: 0, threshold: 1_000_000)
  }
}
