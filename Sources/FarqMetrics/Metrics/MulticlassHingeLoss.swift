/// Mean hinge loss of the probabilities: max(0, 1 − margin).
///
/// TorchMetrics' `MulticlassHingeLoss`. Needs scores.
public struct MulticlassHingeLoss: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassHingeLoss"
  /// The losses so far.
  public var state: HingeState

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, squared: Bool = false, mode: HingeMode = .crammerSinger, ignoreIndex: Int? = nil) throws
  {
    state = try HingeState(classCount: classCount, squared: squared, mode: mode, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.value
  }
}
