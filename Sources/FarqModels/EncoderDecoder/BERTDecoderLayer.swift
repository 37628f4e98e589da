import FarqTorch

/// One layer of a BERT decoder: causal self-attention, attention over the encoder's states, and feed-forward, each
/// followed by residual and norm (Rothe et al. 2020, arXiv 1907.12461).
struct BERTDecoderLayer {
  let attention: any SelfAttention
  private let attentionOutput: ResidualNorm
  private let crossAttention: CrossAttention
  private let crossOutput: ResidualNorm
  private let intermediate: FeedForward
  private let output: ResidualNorm

  init(
    _ scope: ParameterScope, _ configuration: BERTConfiguration, index: Int, attention factory: AttentionFactory
  ) throws {
    attention = try factory.make(scope / "attention" / "self", layer: index)
    attentionOutput = try ResidualNorm(scope / "attention" / "output", from: configuration.hiddenSize, configuration)
    crossAttention = try CrossAttention(
      scope / "crossattention" / "self", AttentionSize(configuration, isCausal: false))
    crossOutput = try ResidualNorm(scope / "crossattention" / "output", from: configuration.hiddenSize, configuration)
    intermediate = try FeedForward(scope / "intermediate", configuration)
    output = try ResidualNorm(scope / "output", from: configuration.intermediateSize, configuration)
  }

  /// [R, D] → [R, D]
  func callAsFunction(
    _ x: Tensor, _ rows: PackedRows, _ memory: DecoderMemory, _ pass: ForwardPass
  ) throws -> Tensor {
    let attended = try attentionOutput(attention(x, rows, pass), residual: x, pass)  // [R, D]
    var crossing = pass
    crossing.recorder = nil
    let crossed = try crossOutput(crossAttention(attended, memory, crossing), residual: attended, pass)  // [R, D]
    return try output(intermediate(crossed, pass), residual: crossed, pass)  // [R, D]
  }
}
