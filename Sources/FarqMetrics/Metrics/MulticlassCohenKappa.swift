/// Cohen's κ, agreement beyond chance; NaN where only one class occurs.
///
/// TorchMetrics' `MulticlassCohenKappa`.
public struct MulticlassCohenKappa: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassCohenKappa"
  /// The confusion matrix so far.
  public var state: ConfusionMatrixState
  /// How a disagreement is weighed.
  public let weights: KappaWeights

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, weights: KappaWeights = .none, ignoreIndex: Int? = nil) throws {
    self.weights = weights
    state = try ConfusionMatrixState(classCount: classCount, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .number(state.matrix.cohenKappa(weights: weights))
  }
}
