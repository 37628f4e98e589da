/// y = (x − mean) / √(variance + ε) · γ + β over the last dimension (Ba et al. 2016).
public struct LayerNorm {
  /// γ, [size]
  public let weight: Tensor
  /// β, [size]
  public let bias: Tensor
  private let epsilon: Double

  /// Takes `weight` and `bias` from `scope`; drawn anew they are 1 and 0.
  public init(_ scope: ParameterScope, size: Int, epsilon: Double) throws {
    weight = try scope.parameter("weight", shape: [size], .ones)
    bias = try scope.parameter("bias", shape: [size], .zeros)
    self.epsilon = epsilon
  }

  /// [rows, size] → [rows, size]
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try x.layerNorm(weight: weight, bias: bias, epsilon: epsilon)
  }

  /// The same of residual + dropout(x + shift), in one pass on the processor: [rows, size] twice, [size] → [rows, size]
  public func callAsFunction(_ x: Tensor, shift: Tensor?, residual: Tensor, dropout: Double) throws -> Tensor {
    try x.fusedResidualNorm(residual, shift: shift, weight: weight, bias: bias, epsilon: epsilon, dropout: dropout)
  }
}
