/// Hamming distance 1 − tp / (tp + fn): `micro` is the share of wrong predictions.
///
/// TorchMetrics' `MulticlassHammingDistance`; one value, or one a class [C] (`none`), for all or for each sample (`samplewise`).
public struct MulticlassHammingDistance: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassHammingDistance"
  /// The counts so far.
  public var state: StatScoresState
  /// How the classes' values become one.
  public let average: Average

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(
    classCount: Int, average: Average = .macro, topK: Int = 1, multidimAverage: MultidimAverage = .global,
    ignoreIndex: Int? = nil
  ) throws {
    self.average = average
    state = try StatScoresState(
      classCount: classCount, topK: topK, multidimAverage: multidimAverage, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.reduce { $0.hammingDistance(average) }
  }
}
