import FarqCore

/// F_β, which weighs recall β times as much as precision; `zeroDivision` where a class occurs nowhere.
///
/// TorchMetrics' `MulticlassFBetaScore`; one value, or one a class [C] (`none`), for all or for each sample (`samplewise`).
public struct MulticlassFBetaScore: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassFBetaScore"
  /// The counts so far.
  public var state: StatScoresState
  /// How the classes' values become one.
  public let average: Average
  /// How much more recall counts than precision.
  public let beta: Double
  /// What 0/0 gives: 0 or 1.
  public let zeroDivision: Double

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(
    beta: Double, classCount: Int, average: Average = .macro, topK: Int = 1, multidimAverage: MultidimAverage = .global,
    ignoreIndex: Int? = nil, zeroDivision: Double = 0
  ) throws {
    guard beta > 0, beta.isFinite else {
      throw FarqError(.usage, "beta is \(beta); it is a number above 0")
    }
    try Arguments.check(zeroDivision: zeroDivision)
    self.beta = beta
    self.average = average
    self.zeroDivision = zeroDivision
    state = try StatScoresState(
      classCount: classCount, topK: topK, multidimAverage: multidimAverage, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    state.reduce { $0.fBeta(average, beta: beta, zeroDivision: zeroDivision) }
  }
}
