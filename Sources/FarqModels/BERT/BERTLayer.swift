import FarqTorch

/// One layer of BERT: self-attention and feed-forward, each followed by residual and norm.
struct BERTLayer {
  let attention: any SelfAttention
  let attentionOutput: ResidualNorm
  /// The output projection that the standard branch of a fitted layer keeps while it is annealed.
  let standardOutput = KeptProjection()
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
    let attended = try self.attended(x, residual: residual, rows, pass)  // [T, D]
    return try output(intermediate(attended, pass), residual: attended, pass)  // [T, D]
  }

  private func attended(_ x: Tensor, residual: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    guard pass.alpha < 1, let kept = standardOutput.projection else {
      return try attentionOutput(attention(x, rows, pass), residual: residual, pass)  // [T, D]
    }
    // Each branch ends in its own projection: (1 − α) · (W₀ standard + b₀) + α · (W differential + b).
    var (first, second) = (pass, pass)
    (first.alpha, second.alpha) = (0, 1)
    let mixed = try annealed(
      standard: { try kept(attention(x, rows, first)) },
      differential: { try attentionOutput.dense(attention(x, rows, second)) }, alpha: pass.alpha)  // [T, D]
    return try attentionOutput.ending(mixed, residual: residual, pass)
  }
}

/// A linear layer that is kept beside a model's parameters, or none.
final class KeptProjection {
  var projection: Linear?
}
