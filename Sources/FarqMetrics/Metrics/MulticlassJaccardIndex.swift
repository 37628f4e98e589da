/// Jaccard index tp / (tp + fp + fn); `zeroDivision` where a class occurs nowhere.
///
/// TorchMetrics' `MulticlassJaccardIndex`.
public struct MulticlassJaccardIndex: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassJaccardIndex"
  /// The confusion matrix so far.
  public var state: ConfusionMatrixState
  /// How the classes' values become one.
  public let average: Average
  /// What 0/0 gives: 0 or 1.
  public let zeroDivision: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, average: Average = .macro, zeroDivision: Double = 0, ignoreIndex: Int? = nil) throws {
    try Arguments.check(zeroDivision: zeroDivision)
    self.average = average
    self.zeroDivision = zeroDivision
    state = try ConfusionMatrixState(classCount: classCount, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.matrix.jaccardIndex(average, ignoreIndex: state.ignoreIndex, zeroDivision: zeroDivision)
  }
}
