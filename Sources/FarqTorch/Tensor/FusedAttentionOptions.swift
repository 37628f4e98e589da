/// The sizes and settings of ``Tensor/fusedAttention(_:_:_:lambda:queryOffsets:keyOffsets:_:)``.
public struct FusedAttentionOptions: Sendable {
  /// Heads of the result.
  public var heads: Int
  /// The size of a map's queries and keys.
  public var mapSize: Int
  /// The size of a head's values.
  public var valueSize: Int
  /// Differential heads only: both maps of a head use one head of keys.
  public var sharesKeys: Bool
  /// A query sees no later key.
  public var isCausal: Bool
  /// The factor on scores.
  public var scale: Double
  /// Dropout of the (differential) map.
  public var dropout: Double

  /// Makes the options.
  public init(
    heads: Int, mapSize: Int, valueSize: Int, sharesKeys: Bool = false, isCausal: Bool = false, scale: Double,
    dropout: Double
  ) {
    self.heads = heads
    self.mapSize = mapSize
    self.valueSize = valueSize
    self.sharesKeys = sharesKeys
    self.isCausal = isCausal
    self.scale = scale
    self.dropout = dropout
  }
}
