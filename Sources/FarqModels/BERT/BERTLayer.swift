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

  /// [T, D] → [T, D], or [B, D] where only first rows are read
  func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let residual = try pass.readsFirstRowsOnly ? rows.first(of: x) : x
    let attended = try attentionOutput(attention(x, rows, pass), residual: residual, pass)  // [T, D]
    return try output(intermediate(attended, pass), residual: attended, pass)  // [T, D]
  }
}
