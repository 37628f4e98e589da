/// The share of samples that are right at every position; with one label a sample, the share of right predictions.
///
/// TorchMetrics' `MulticlassExactMatch`.
public struct MulticlassExactMatch: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassExactMatch"
  /// The samples so far.
  public var state: ExactMatchState

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, multidimAverage: MultidimAverage = .global, ignoreIndex: Int? = nil) throws {
    state = try ExactMatchState(classCount: classCount, multidimAverage: multidimAverage, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.value
  }
}
