/// A receiver operating characteristic: what share of the others is let in to catch what share of a class.
public struct ROCCurve: Sendable, Equatable {
  /// False positives among all negatives, at each threshold.
  public let falsePositiveRates: [Float]
  /// True positives among all positives, at each threshold.
  public let truePositiveRates: [Float]
  /// The thresholds, falling.
  public let thresholds: [Float]

  /// A curve.
  init(falsePositiveRates: [Float], truePositiveRates: [Float], thresholds: [Float]) {
    self.falsePositiveRates = falsePositiveRates
    self.truePositiveRates = truePositiveRates
    self.thresholds = thresholds
  }

  /// The curve as `fpr`, `tpr` and `thresholds`.
  public var value: MetricValue {
    .object([
      .init("fpr", .numbers(falsePositiveRates)), .init("tpr", .numbers(truePositiveRates)),
      .init("thresholds", .numbers(thresholds)),
    ])
  }
}
