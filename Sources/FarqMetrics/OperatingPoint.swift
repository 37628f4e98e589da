/// The best of one rate that can be had while another reaches a given minimum, and the threshold that gives it.
public struct OperatingPoint: Sendable, Equatable {
  /// The best rate.
  public let rate: Double
  /// The threshold; NaN or 1,000,000 where there is none, as TorchMetrics says for each metric.
  public let threshold: Double

  /// A point.
  init(rate: Float, threshold: Float) {
    self.rate = Double(rate)
    self.threshold = Double(threshold)
  }

  /// The points of all classes as two lists, the rates under the name `rate`.
  static func value(_ points: [OperatingPoint], rate: String) -> [MetricValue.Field] {
    [.init(rate, .numbers(points.map(\.rate))), .init("thresholds", .numbers(points.map(\.threshold)))]
  }
}
