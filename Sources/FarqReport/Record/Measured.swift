/// A measured number that may be undefined: NaN (or infinite) in Swift, `null` in JSON.
///
/// Two undefined numbers are equal, so that a report that was written and read again equals itself.
@propertyWrapper
public struct Measured: Codable, Sendable, Hashable {
  /// The number; NaN where it is undefined.
  public var wrappedValue: Double

  /// Wraps a number.
  public init(wrappedValue: Double) {
    self.wrappedValue = wrappedValue
  }

  /// Reads a number, or NaN from `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? .nan : try container.decode(Double.self)
  }

  /// Writes the number, or `null` where it is not finite.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if wrappedValue.isFinite {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }

  /// Whether both are the same number, or both undefined.
  public static func == (left: Measured, right: Measured) -> Bool {
    left.wrappedValue == right.wrappedValue || (!left.wrappedValue.isFinite && !right.wrappedValue.isFinite)
  }

  /// Hashes all undefined numbers alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(wrappedValue.isFinite ? wrappedValue : 0)
  }
}

extension KeyedDecodingContainer {
  /// A key that is missing is an undefined number, as `null` is.
  public func decode(_ type: Measured.Type, forKey key: Key) throws -> Measured {
    try decodeIfPresent(type, forKey: key) ?? Measured(wrappedValue: .nan)
  }
}
