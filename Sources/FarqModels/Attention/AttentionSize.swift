/// The sizes that every attention of a model shares.
public struct AttentionSize: Sendable, Equatable {
  /// D
  public let hidden: Int
  /// H
  public let heads: Int
  /// Dropout of the attention maps.
  public let dropout: Double
  /// σ of newly drawn projections.
  public let deviation: Double
  /// True in a decoder's self-attention: a query sees no later key.
  public let isCausal: Bool

  /// Makes the sizes.
  public init(hidden: Int, heads: Int, dropout: Double, deviation: Double, isCausal: Bool = false) {
    self.hidden = hidden
    self.heads = heads
    self.dropout = dropout
    self.deviation = deviation
    self.isCausal = isCausal
  }

  /// The sizes of a model's attention.
  init(_ configuration: BERTConfiguration, isCausal: Bool) {
    self.init(
      hidden: configuration.hiddenSize, heads: configuration.headCount, dropout: configuration.attentionDropout,
      deviation: configuration.initializerRange, isCausal: isCausal)
  }

  /// d = D / H
  public var head: Int { hidden / heads }
}
