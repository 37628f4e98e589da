/// The highest precision of each class with a recall of at least `minRecall`, and its threshold.
///
/// TorchMetrics' `MulticlassPrecisionAtFixedRecall`. Needs scores.
public struct MulticlassPrecisionAtFixedRecall: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassPrecisionAtFixedRecall"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// What the recall reaches at least.
  public let minRecall: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, minRecall: Double, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil) throws {
    try Arguments.check(share: minRecall, "minRecall")
    self.minRecall = minRecall
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .object(
      OperatingPoint.value(state.precisionRecall(.none).map { $0.precision(atRecall: minRecall) }, rate: "precision"))
  }
}
