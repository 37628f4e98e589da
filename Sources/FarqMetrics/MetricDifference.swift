/// By how much two models differ in one metric, and how sure that is.
public struct MetricDifference: Sendable, Equatable, Codable {
  /// Which metric.
  public let metric: HeadlineMetric
  /// The first model's value.
  public let first: Double
  /// The second model's value.
  public let second: Double
  /// Second minus first.
  public let delta: Double
  /// Where the difference lies with the confidence asked for (percentile bootstrap over documents).
  public let interval: Interval
  /// How many resamples were drawn.
  public let resamples: Int

  /// Whether the interval leaves out 0.
  public var excludesZero: Bool { !interval.contains(0) }
}
