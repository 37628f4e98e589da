/// y = x Wᵀ + b.
public struct Linear {
  /// [out, in]
  public let weight: Tensor
  /// [out]
  public let bias: Tensor
  private let weights: ProductWeights

  /// Takes `weight` and `bias` from `scope`; drawn anew they are N(0, deviation²) and 0.
  public init(_ scope: ParameterScope, from inputs: Int, to outputs: Int, deviation: Double) throws {
    try self.init(
      weight: scope.parameter("weight", shape: [outputs, inputs], .normal(deviation: deviation)),
      bias: scope.parameter("bias", shape: [outputs], .zeros))
  }

  /// A layer of parameters that another layer has too: weight [out, in], bias [out].
  public init(weight: Tensor, bias: Tensor) throws {
    (self.weight, self.bias) = (weight, bias)
    weights = try ProductWeights([weight])
  }

  /// [rows, in] → [rows, out]
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try product(x, bias: bias)
  }

  /// x Wᵀ, for an operator that adds the bias in its own pass: [rows, in] → [rows, out]
  public func product(_ x: Tensor) throws -> Tensor {
    try product(x, bias: nil)
  }

  /// GELU(x Wᵀ + b), on the processor with bias and GELU in one pass: [rows, in] → [rows, out]
  public func gelu(_ x: Tensor, _ form: GELUForm) throws -> Tensor {
    guard x.isOnProcessor else { return try self(x).gelu(tanhForm: form == .tanh) }
    if try ProductWeights.type(for: x) == .int8 { return try weights.int8Product(x, bias: bias, gelu: form) }
    return try product(x).fusedGELU(bias: bias, form)
  }

  private func product(_ x: Tensor, bias: Tensor?) throws -> Tensor {
    switch try ProductWeights.type(for: x) {
    case .bfloat16: try weights.product(x, 0..<1, biases: bias.map { [$0] })
    case .int8: try weights.int8Product(x, bias: bias)
    default: try x.linear(weight, bias: bias)
    }
  }
}
