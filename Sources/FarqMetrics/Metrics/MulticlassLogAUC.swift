import FarqCore

/// Area under the ROC curve over the logarithm of the false positive rate, within a range of it.
///
/// TorchMetrics' `MulticlassLogAUC`. Needs scores.
public struct MulticlassLogAUC: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassLogAUC"
  /// The probabilities or counts so far.
  public var state: CurveState
  /// How the classes' values become one.
  public let average: Average
  /// The lower end of the range of false positive rates.
  public let lowerRate: Float
  /// The upper end of the range of false positive rates.
  public let upperRate: Float

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(
    classCount: Int, falsePositiveRates: (lower: Float, upper: Float) = (0.001, 0.1), average: Average = .none,
    thresholds: Thresholds = .exact, ignoreIndex: Int? = nil
  ) throws {
    try Arguments.check(average, among: [.macro, .none], of: Self.name)
    guard 0 <= falsePositiveRates.lower, falsePositiveRates.lower < falsePositiveRates.upper,
      falsePositiveRates.upper <= 1
    else {
      throw FarqError(.usage, "falsePositiveRates is \(falsePositiveRates); it is a range within 0 to 1")
    }
    self.average = average
    lowerRate = falsePositiveRates.lower
    upperRate = falsePositiveRates.upper
    state = try CurveState(classCount: classCount, thresholds: thresholds, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.averaged(state.roc(.none).map { $0.logArea((lowerRate, upperRate)) }, average)
  }
}
