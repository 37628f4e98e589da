/// The confusion matrix [C × C]: rows are targets, columns predictions.
///
/// TorchMetrics' `MulticlassConfusionMatrix`.
public struct MulticlassConfusionMatrix: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassConfusionMatrix"
  /// The confusion matrix so far.
  public var state: ConfusionMatrixState
  /// What the cells are divided by.
  public let normalize: ConfusionMatrixNormalization

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, normalize: ConfusionMatrixNormalization = .none, ignoreIndex: Int? = nil) throws {
    self.normalize = normalize
    state = try ConfusionMatrixState(classCount: classCount, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.matrix.values(normalize)
  }
}
