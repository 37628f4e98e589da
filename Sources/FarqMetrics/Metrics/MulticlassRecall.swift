/// Recall tp / (tp + fn); `zeroDivision` where a class is no target.
///
/// TorchMetrics' `MulticlassRecall`; one value, or one a class [C] (`none`), for all or for each sample (`samplewise`).
public struct MulticlassRecall: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassRecall"
  /// The counts so far.
  public var state: StatScoresState
  /// How the classes' values become one.
  public let average: Average
  /// What 0/0 gives: 0 or 1.
  public let zeroDivision: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(
    classCount: Int, average: Average = .macro, topK: Int = 1, multidimAverage: MultidimAverage = .global,
    ignoreIndex: Int? = nil, zeroDivision: Double = 0
  ) throws {
    try Arguments.check(zeroDivision: zeroDivision)
    self.average = average
    self.zeroDivision = zeroDivision
    state = try StatScoresState(
      classCount: classCount, topK: topK, multidimAverage: multidimAverage, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.reduce { $0.recall(average, topK: state.topK, zeroDivision: zeroDivision) }
  }
}
