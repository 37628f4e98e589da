/// The highest recall of each class with a precision of at least `minPrecision`, and its threshold.
///
/// TorchMetrics' `MulticlassRecallAtFixedPrecision`. Needs scores.
public struct MulticlassRecallAtFixedPrecision: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassRecallAtFixedPrecision"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// What the precision reaches at least.
  public let minPrecision: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, minPrecision: Double, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil) throws {
    try Arguments.check(share: minPrecision, "minPrecision")
    self.minPrecision = minPrecision
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .object(
      OperatingPoint.value(state.precisionRecall(.none).map { $0.recall(atPrecision: minPrecision) }, rate: "recall"))
  }
}
