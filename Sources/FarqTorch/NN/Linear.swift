/// y = x Wᵀ + b.
public struct Linear {
  /// [out, in]
  public let weight: Tensor
  /// [out]
  public let bias: Tensor

  /// Takes `weight` and `bias` from `scope`; drawn anew they are N(0, deviation²) and 0.
  public init(_ scope: ParameterScope, from inputs: Int, to outputs: Int, deviation: Double) throws {
    weight = try scope.parameter("weight", shape: [outputs, inputs], .normal(deviation: deviation))
    bias = try scope.parameter("bias", shape: [outputs], .zeros)
  }

  /// [rows, in] → [rows, out]
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try x.linear(weight, bias: bias)
  }
}
