/// An interval of values, both ends included.
public struct Interval: Sendable, Equatable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// An interval from `lower` to `upper`.
  public init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether `value` lies in the interval.
  public func contains(_ value: Double) -> Bool {
    lower <= value && value <= upper
  }
}
