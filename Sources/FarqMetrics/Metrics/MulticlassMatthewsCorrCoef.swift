/// Matthews' correlation coefficient; 0 where it is undefined.
///
/// TorchMetrics' `MulticlassMatthewsCorrCoef`.
public struct MulticlassMatthewsCorrCoef: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassMatthewsCorrCoef"
  /// The confusion matrix so far.
  public var state: ConfusionMatrixState

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, ignoreIndex: Int? = nil) throws {
    state = try ConfusionMatrixState(classCount: classCount, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .number(state.matrix.matthewsCorrelation())
  }
}
