/// Equal error rate: where false positives are as frequent among negatives as misses among positives.
///
/// TorchMetrics' `MulticlassEER`. Needs scores.
public struct MulticlassEER: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassEER"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// How the classes' values become one.
  public let average: Average

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, average: Average = .none, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil)
    throws
  {
    try Arguments.check(average, among: [.none, .micro, .macro], of: Self.name)
    self.average = average
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    let rates = state.roc(average).map(\.equalErrorRate)
    return average == .none ? .numbers(rates) : .number(rates[0])
  }
}
