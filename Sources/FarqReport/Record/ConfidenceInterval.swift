/// A 95 % interval; in JSON the array `[lower, upper]`.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
  /// The lower end; NaN where it is undefined.
  @Measured public var lower: Double
  /// The upper end; NaN where it is undefined.
  @Measured public var upper: Double

  /// Makes an interval.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether the interval is defined and leaves out `value`.
  public func excludes(_ value: Double) -> Bool {
    lower.isFinite && upper.isFinite && (value < lower || value > upper)
  }

  /// Reads `[lower, upper]`.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    _lower = try container.decode(Measured.self)
    _upper = try container.decode(Measured.self)
  }

  /// Writes `[lower, upper]`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(_lower)
    try container.encode(_upper)
  }
}
