public import FarqTorch

/// Differential attention V2 (Ye et al. 2026): o_h = o_2h − σ(λ_h) · o_2h+1.
///
/// The queries of the n differential heads double, `query.weight` [D + n · d, D]: first the rows of those heads, query heads
/// 2h and 2h + 1 in turn, which share the key and value head h; then those of the standard heads. λ = W_λ x is a number for
/// each token and differential head. There is no norm over a head and no (1 − λ_init).
public struct DifferentialAttentionV2: SelfAttention {
  private let projections: Projections
  private let lambdaProjection: Linear
  private let size: AttentionSize
  private let heads: Int

  /// Takes the projections and `lambda_proj` from `scope` (`…attention.self`); the first `heads` are differential.
  public init(_ scope: ParameterScope, _ size: AttentionSize, heads: Int) throws {
    self.size = size
    self.heads = heads
    projections = try Projections(scope, size, queryWidth: size.hidden + heads * size.head)
    lambdaProjection = try Linear(scope / "lambda_proj", from: size.hidden, to: heads, deviation: size.deviation)
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, D + n · d], [T, D], [T, D]
    let states = try pass.readsFirstRowsOnly ? rows.first(of: x) : x
    let lambda = try lambdaProjection(states).sigmoid()  // [T, n]
    let operation = AttentionOperator(rows, size, pass)
    return try HeadMixture(size: size, differentialHeads: heads, queryFactor: 2)(
      q, k, v, operation, pass,
      standard: { q, k, v in
        let first = try q.reshaped([-1, heads, 2, size.head]).selected(2, 0)  // [T, n, d]: query heads 2h
          .reshaped([-1, heads * size.head])  // [T, n · d]
        return try keptShare(of: operation.standard(first, k, v, heads: heads, headSize: size.head))  // [T, n · d]
      },
      differential: { q, k, v in
        try operation.differential(
          q, k, v, lambda: lambda, heads: heads, mapSize: size.head, valueSize: size.head, sharedKeys: true)
      })  // [T, D]
  }

  /// (1 − σ(b_h)) · o_h: what is left of a head whose two maps are still one and whose W_λ is 0; the output projection
  /// that ``HybridConversion`` gives makes up for it. [T, n · d] → [T, n · d]
  private func keptShare(of outputs: Tensor) throws -> Tensor {
    let share = try lambdaProjection.bias.to(outputs.dtype).sigmoid() * -1 + 1  // [n]
    return try (outputs.reshaped([-1, heads, size.head]) * share.reshaped([1, heads, 1])).reshaped(outputs.shape)
  }

  /// σ of the bias: λ of each head for a token whose state is zero.
  public func lambda() throws -> [Double] {
    try lambdaProjection.bias.sigmoid().floats().map(Double.init)
  }
}
