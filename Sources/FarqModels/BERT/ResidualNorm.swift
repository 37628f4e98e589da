import FarqTorch

/// LayerNorm(residual + dropout(dense(x))): how both halves of a BERT layer end.
struct ResidualNorm {
  private let dense: Linear
  private let norm: LayerNorm
  private let dropout: Dropout

  init(_ scope: ParameterScope, from inputs: Int, _ configuration: BERTConfiguration) throws {
    dense = try Linear(
      scope / "dense", from: inputs, to: configuration.hiddenSize, deviation: configuration.initializerRange)
    norm = try LayerNorm(
      scope / "LayerNorm", size: configuration.hiddenSize, epsilon: configuration.layerNormEpsilon)
    dropout = Dropout(configuration.hiddenDropout)
  }

  /// x [T, in], residual [T, D] → [T, D]
  func callAsFunction(_ x: Tensor, residual: Tensor, _ pass: ForwardPass) throws -> Tensor {
    let changed = try dense(x)  // [T, D]
    let isFused = !pass.isPlain && changed.deviceName == Device.cpu.name && changed.dtype == residual.dtype
    guard isFused else { return try norm(residual + dropout(changed, training: pass.training)) }
    return try norm(changed, residual: residual, dropout: pass.training ? dropout.probability : 0)
  }
}
