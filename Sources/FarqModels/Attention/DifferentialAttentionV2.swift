public import FarqTorch

/// Differential attention V2 (Ye et al. 2026): o_h = o_2h − σ(λ_h) · o_2h+1.
///
/// Queries double, `query.weight` [2D, D]; query heads 2h and 2h + 1 share the key and value head h. λ = W_λ x is a
/// number for each token and head. There is no norm over a head and no (1 − λ_init).
public struct DifferentialAttentionV2: SelfAttention {
  private let projections: Projections
  private let lambdaProjection: Linear
  private let size: AttentionSize

  /// Takes the projections and `lambda_proj` from `scope` (`…attention.self`).
  public init(_ scope: ParameterScope, _ size: AttentionSize) throws {
    self.size = size
    projections = try Projections(scope, size, queryFactor: 2)
    lambdaProjection = try Linear(scope / "lambda_proj", from: size.hidden, to: size.heads, deviation: size.deviation)
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, 2D], [T, D], [T, D]
    let states = try pass.readsFirstRowsOnly ? rows.first(of: x) : x
    let lambda = try lambdaProjection(states).sigmoid()  // [T, H]
    let operation = AttentionOperator(rows, size, pass)
    return try annealed(
      standard: {
        let first = try q.reshaped([-1, size.heads, 2, size.head]).selected(2, 0)  // [T, H, d]: query heads 2h
          .reshaped([-1, size.hidden])  // [T, D]
        let heads = try operation.standard(first, k, v, heads: size.heads, headSize: size.head)  // [T, D]
        return try keptShare(of: heads)
      },
      differential: {
        try operation.differential(
          q, k, v, lambda: lambda, heads: size.heads, mapSize: size.head, valueSize: size.head, sharedKeys: true)
      }, alpha: pass.alpha)  // [T, D]
  }

  /// (1 − σ(b_h)) · o_h: what is left of a head whose two maps are still one and whose W_λ is 0; the output projection
  /// that ``HybridConversion`` gives makes up for it. [T, D] → [T, D]
  private func keptShare(of heads: Tensor) throws -> Tensor {
    let share = try lambdaProjection.bias.to(heads.dtype).sigmoid() * -1 + 1  // [H]
    return try (heads.reshaped([-1, size.heads, size.head]) * share.reshaped([1, size.heads, 1])).reshaped(heads.shape)
  }

  /// σ of the bias: λ of each head for a token whose state is zero.
  public func lambda() throws -> [Double] {
    try lambdaProjection.bias.sigmoid().floats().map(Double.init)
  }
}
