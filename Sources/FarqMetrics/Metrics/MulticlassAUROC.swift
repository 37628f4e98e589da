/// Area under the ROC curve of each class against the rest; 0 for a class that is no target or the only one.
///
/// TorchMetrics' `MulticlassAUROC`. Needs scores.
public struct MulticlassAUROC: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassAUROC"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// How the classes' values become one.
  public let average: Average

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, average: Average = .macro, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil)
    throws
  {
    try Arguments.check(average, among: [.macro, .weighted, .none], of: Self.name)
    self.average = average
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.averaged(state.roc(.none).map(\.area), average)
  }
}
