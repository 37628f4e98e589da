/// The λ of one differential layer at one moment.
public struct LayerLambda: Codable, Sendable, Equatable {
  /// The layer, from 0.
  public var layer: Int
  /// `encoder` or `decoder`.
  public var stack: String
  /// λ; the mean over heads (and tokens) where the variant has several in a layer.
  @Measured public var value: Double

  private enum CodingKeys: String, CodingKey {
    case layer
    case stack
    case value
  }

  /// Makes a record of its parts.
  public init(
    layer: Int, stack: String = "encoder", value: Double
  ) {
    self.layer = layer
    self.stack = stack
    self.value = value
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    layer = try container.decode(Int.self, forKey: .layer)
    stack = try container.decodeIfPresent(String.self, forKey: .stack) ?? "encoder"
    _value = try container.decode(Measured.self, forKey: .value)
  }
}
