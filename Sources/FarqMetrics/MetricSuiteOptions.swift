/// The arguments of the suite's metrics. Where TorchMetrics has a default it is the default here.
public struct MetricSuiteOptions: Sendable, Equatable, Codable {
  /// The k of metrics that have `top_k`.
  public var topK = 1
  /// The β of F_β; TorchMetrics has a default, 1, only in its wrapper `FBetaScore`.
  public var beta = 1.0
  /// The number of bins of the calibration error.
  public var binCount = 15
  /// What the other rate reaches at least in the four metrics at a fixed rate, which have no default in TorchMetrics.
  public var minimumRate = 0.9
  /// Up to so many documents the printed curves are exact; beyond, they are evaluated at ``curveThresholds`` thresholds.
  public var exactCurveLimit = 1000
  /// The number of evenly spaced thresholds of printed curves of many documents.
  public var curveThresholds = 101

  /// The defaults.
  public init() {}
}
