/// The value of a metric: a number, a list of values (one a label, or the rows of a matrix), or values by
/// name (the averages of one metric).
///
/// In JSON: a number or `null`, an array, an object.
public enum MetricValue: Codable, Sendable, Equatable {
  /// One number; NaN where the metric is undefined.
  case number(Double)
  /// Several values in order.
  case list([MetricValue])
  /// Several values by name.
  case named([String: MetricValue])

  /// The number, where this is one.
  public var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// Reads whichever of the three forms is there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let list = try? container.decode([MetricValue].self) {
      self = .list(list)
    } else if let named = try? container.decode([String: MetricValue].self) {
      self = .named(named)
    } else {
      self = .number(try container.decode(Measured.self).wrappedValue)
    }
  }

  /// Writes the value, `null` for a number that is not finite.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(Measured(wrappedValue: number))
    case .list(let list): try container.encode(list)
    case .named(let named): try container.encode(named)
    }
  }

  /// Whether both are the same value; undefined numbers are equal.
  public static func == (left: MetricValue, right: MetricValue) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)):
      Measured(wrappedValue: left) == Measured(wrappedValue: right)
    case (.list(let left), .list(let right)): left == right
    case (.named(let left), .named(let right)): left == right
    default: false
    }
  }
}

extension MetricValue: ExpressibleByFloatLiteral {
  /// A number written in the source.
  public init(floatLiteral value: Double) {
    self = .number(value)
  }
}
