/// Precision and recall of a class at each threshold, and the end point (1, 0), which has none.
public struct PrecisionRecallCurve: Sendable, Equatable {
  /// True positives among what is predicted, at each threshold; then 1.
  public let precision: [Float]
  /// True positives among all positives, at each threshold; then 0.
  public let recall: [Float]
  /// The thresholds, rising.
  public let thresholds: [Float]

  /// A curve.
  init(precision: [Float], recall: [Float], thresholds: [Float]) {
    self.precision = precision
    self.recall = recall
    self.thresholds = thresholds
  }

  /// The curve as `precision`, `recall` and `thresholds`.
  public var value: MetricValue {
    .object([
      .init("precision", .numbers(precision)), .init("recall", .numbers(recall)),
      .init("thresholds", .numbers(thresholds)),
    ])
  }
}
