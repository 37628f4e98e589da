/// The highest sensitivity of each class with a specificity of at least `minSpecificity`, and its threshold.
///
/// TorchMetrics' `MulticlassSensitivityAtSpecificity`. Needs scores.
public struct MulticlassSensitivityAtSpecificity: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassSensitivityAtSpecificity"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// What the specificity reaches at least.
  public let minSpecificity: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, minSpecificity: Double, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil) throws
  {
    try Arguments.check(share: minSpecificity, "minSpecificity")
    self.minSpecificity = minSpecificity
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .object(
      OperatingPoint.value(state.roc(.none).map { $0.sensitivity(atSpecificity: minSpecificity) }, rate: "sensitivity"))
  }
}
