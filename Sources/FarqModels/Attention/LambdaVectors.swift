import FarqTorch

/// λ = exp(λ_q1 · λ_k1) − exp(λ_q2 · λ_k2) + λ_init (Ye et al. 2024, equation 2): one number a layer.
struct LambdaVectors {
  let query1: Tensor
  let key1: Tensor
  let query2: Tensor
  let key2: Tensor
  let initial: Double

  /// Takes `lambda_q1`, `lambda_k1`, `lambda_q2`, `lambda_k2` of `size` from `scope`; drawn anew they are N(0, deviation²).
  init(_ scope: ParameterScope, size: Int, deviation: Double, initial: Double) throws {
    query1 = try scope.parameter("lambda_q1", shape: [size], .normal(deviation: deviation))
    key1 = try scope.parameter("lambda_k1", shape: [size], .normal(deviation: deviation))
    query2 = try scope.parameter("lambda_q2", shape: [size], .normal(deviation: deviation))
    key2 = try scope.parameter("lambda_k2", shape: [size], .normal(deviation: deviation))
    self.initial = initial
  }

  /// λ, a single number (shape []).
  func callAsFunction() throws -> Tensor {
    let first = try (query1 * key1).sum().exp()
    let second = try (query2 * key2).sum().exp()
    return try first - second + initial
  }
}
