import FarqTorch

/// LayerNorm(residual + dropout(dense(x))): how both halves of a BERT layer end.
struct ResidualNorm {
  let dense: Linear
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
    guard pass.operators(on: Device(of: residual)) == .fused else {
      return try norm(residual + dropout(dense(x), training: pass.training))
    }
    let changed = try dense.product(x)  // [T, D]
    return try norm(
      changed, shift: dense.bias, residual: residual.to(changed.dtype),
      dropout: pass.training ? dropout.probability : 0)
  }

  /// LayerNorm(residual + dropout(y)), y [T, D] being what `dense`, or what stands for it, gave → [T, D]
  func ending(_ y: Tensor, residual: Tensor, _ pass: ForwardPass) throws -> Tensor {
    try norm(residual.to(y.dtype) + dropout(y, training: pass.training))
  }
}
