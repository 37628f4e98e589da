/// Linear layers over the same input: x W₁ᵀ + b₁, x W₂ᵀ + b₂, …. In bfloat16 on the processor one product gives several.
public struct JoinedLinear {
  private let layers: [Linear]
  private let weights: ProductWeights
  private let sizes: [Int]

  /// Joins `layers`, of one number of inputs; they stay layers of their own.
  public init(_ layers: [Linear]) throws {
    self.layers = layers
    weights = try ProductWeights(layers.map(\.weight))
    sizes = layers.map { $0.weight.shape[0] }
  }

  /// The results of the layers in `range`: [rows, in] → [rows, out] each
  public func callAsFunction(_ x: Tensor, _ range: Range<Int>) throws -> [Tensor] {
    guard try ProductWeights.type(for: x) == .bfloat16 else { return try layers[range].map { try $0(x) } }
    let joined = try weights.product(x, range, biases: layers[range].map(\.bias))  // [rows, Σ out]
    return try joined.split(1, into: Array(sizes[range]))
  }
}
