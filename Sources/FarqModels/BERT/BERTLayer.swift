import FarqTorch

/// One layer of BERT: self-attention and feed-forward, each followed by residual and norm.
struct BERTLayer {
  let attention: any SelfAttention
  private let attentionOutput: ResidualNorm
  private let intermediate: FeedForward
  private let output: ResidualNorm

  init(
    _ scope: ParameterScope, _ configuration: BERTConfiguration, index: Int, attention factory: AttentionFactory
  ) throws {
    attention = try factory.make(scope / "attention" / "self", layer: index)
    attentionOutput = try ResidualNorm(scope / "attention" / "output", from: configuration.hiddenSize, configuration)
    intermediate = try FeedForward(scope / "intermediate", configuration)
    output = try ResidualNorm(scope / "output", from: configuration.intermediateSize, configuration)
  }

  /// [T, D] → [T, D]
  func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let attended = try attentionOutput(attention(x, rows, pass), residual: x, pass)  // [T, D]
    return try output(intermediate(attended), residual: attended, pass)  // [T, D]
  }
}
