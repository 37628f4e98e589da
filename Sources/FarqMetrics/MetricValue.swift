/// What a metric gives: a number, a list, or named values in a stated order.
///
/// Its JSON keeps the order of the names; NaN and infinities, which JSON lacks, are written `null`.
public indirect enum MetricValue: Sendable, Equatable {
  /// A value; NaN where the metric is undefined.
  case number(Double)
  /// A count.
  case count(Int)
  /// A word, such as the name of a label.
  case text(String)
  /// Values in order: one a class, a threshold, or a sample.
  case list([MetricValue])
  /// Named values in order.
  case object([Field])

  /// A named value.
  public struct Field: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value.
    public let value: MetricValue

    /// Names a value.
    public init(_ name: String, _ value: MetricValue) {
      self.name = name
      self.value = value
    }
  }

  /// A list of numbers.
  public static func numbers(_ values: some Sequence<Double>) -> MetricValue {
    .list(values.map { .number($0) })
  }

  /// A list of numbers held in single precision.
  public static func numbers(_ values: some Sequence<Float>) -> MetricValue {
    .list(values.map { .number(Double($0)) })
  }

  /// A list of counts.
  public static func counts(_ values: some Sequence<Int>) -> MetricValue {
    .list(values.map { .count($0) })
  }

  /// The number, where this is one; a count is a number too.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .count(let value): Double(value)
    case .text, .list, .object: nil
    }
  }

  /// The elements, where this is a list.
  public var elements: [MetricValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  /// The value named `name`, where this is an object that has it.
  public subscript(name: String) -> MetricValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }
}
