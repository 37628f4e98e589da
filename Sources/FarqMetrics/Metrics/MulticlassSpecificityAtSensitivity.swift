/// The highest specificity of each class with a sensitivity of at least `minSensitivity`, and its threshold.
///
/// TorchMetrics' `MulticlassSpecificityAtSensitivity`. Needs scores.
public struct MulticlassSpecificityAtSensitivity: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassSpecificityAtSensitivity"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// What the sensitivity reaches at least.
  public let minSensitivity: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, minSensitivity: Double, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil) throws
  {
    try Arguments.check(share: minSensitivity, "minSensitivity")
    self.minSensitivity = minSensitivity
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .object(
      OperatingPoint.value(state.roc(.none).map { $0.specificity(atSensitivity: minSensitivity) }, rate: "specificity"))
  }
}
