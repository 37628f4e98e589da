/// y = x / √(mean(x²) + ε) · γ over the last dimension (Zhang and Sennrich 2019).
public struct RMSNorm {
  /// γ, [size]
  public let weight: Tensor
  private let epsilon: Double

  /// Takes `weight` from `scope`; drawn anew it is 1.
  public init(_ scope: ParameterScope, size: Int, epsilon: Double) throws {
    weight = try scope.parameter("weight", shape: [size], .ones)
    self.epsilon = epsilon
  }

  /// […, size] → […, size]
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try x.rmsNorm(weight: weight.to(x.dtype), epsilon: epsilon)
  }
}
