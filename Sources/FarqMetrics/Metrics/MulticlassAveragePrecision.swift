/// Average precision of each class against the rest; NaN for a class that is no target.
///
/// TorchMetrics' `MulticlassAveragePrecision`. Needs scores.
public struct MulticlassAveragePrecision: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassAveragePrecision"
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
    let nanIsZero = state.thresholds != .exact
    return state.averaged(state.precisionRecall(.none).map { $0.averagePrecision(nanIsZero: nanIsZero) }, average)
  }
}
