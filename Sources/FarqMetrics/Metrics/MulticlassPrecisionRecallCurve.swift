/// The precision-recall curve of each class against the rest (`none`), of all scores in one (`micro`), or their mean (`macro`).
///
/// TorchMetrics' `MulticlassPrecisionRecallCurve`. Needs scores.
public struct MulticlassPrecisionRecallCurve: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassPrecisionRecallCurve"
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
    let curves = state.precisionRecall(average).map(\.value)
    return average == .none ? .list(curves) : curves[0]
  }
}
