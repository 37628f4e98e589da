extension ROCCurve {
  /// The highest sensitivity with a specificity of at least `minimum`; (0, 1,000,000) where there is none.
  public func sensitivity(atSpecificity minimum: Double) -> OperatingPoint {
    best(of: { truePositiveRates[$0] }, where: { 1 - falsePositiveRates[$0] }, reaches: Float(minimum))
  }

  /// The highest specificity with a sensitivity of at least `minimum`; (0, 1,000,000) where there is none.
  public func specificity(atSensitivity minimum: Double) -> OperatingPoint {
    best(of: { 1 - falsePositiveRates[$0] }, where: { truePositiveRates[$0] }, reaches: Float(minimum))
  }

  /// The first of the highest `rates`, that is the one with the highest threshold.
  private func best(
    of rate: (Int) -> Float, where other: (Int) -> Float, reaches minimum: Float
  ) -> OperatingPoint {
    var best: Int?
    for index in thresholds.indices where other(index) >= minimum {
      if let current = best, rate(index) <= rate(current) { continue }
      best = index
    }
    return best.map { OperatingPoint(rate: rate($0), threshold: thresholds[$0]) }
      ?? OperatingPoint(rate: 0, threshold: 1_000_000)
  }
}
