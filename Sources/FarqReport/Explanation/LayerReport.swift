/// The attention of one layer and its λ.
public struct LayerReport: Sendable, Codable, Equatable {
  /// `encoder` or `decoder`.
  public var stack: String
  /// The layer, from 0.
  public var layer: Int
  /// The variant, or `standard`.
  public var attention: String
  /// How many of BERT's heads are differential.
  public var differentialHeads: Int
  /// λ: none, one for the layer, or one a head.
  public var lambda: [Double]
  /// What λ is: of the layer, of each head, or of each head for a token whose state is zero.
  public var lambdaKind: LambdaKind?
  /// λ_init of variants that have it.
  public var lambdaInit: Double?

  /// What λ belongs to.
  public enum LambdaKind: String, Sendable, Codable {
    /// One λ for all heads of the layer.
    case layer
    /// One λ a head.
    case head
    /// σ(w·x + b), one a token and head; the number is σ(b).
    case token
  }

  /// Makes the record.
  public init(
    stack: String = "encoder", layer: Int, attention: String, differentialHeads: Int, lambda: [Double],
    lambdaKind: LambdaKind?, lambdaInit: Double?
  ) {
    self.stack = stack
    self.layer = layer
    self.attention = attention
    self.differentialHeads = differentialHeads
    self.lambda = lambda
    self.lambdaKind = lambdaKind
    self.lambdaInit = lambdaInit
  }

  enum CodingKeys: String, CodingKey {
    case stack, layer, attention, lambda
    case differentialHeads = "differential_heads"
    case lambdaKind = "lambda_kind"
    case lambdaInit = "lambda_init"
  }
}
