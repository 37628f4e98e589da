public import FarqTorch

/// BERT's multi-head self-attention: softmax(q kᵀ / √d) v (Vaswani et al. 2017, equation 1).
public struct StandardAttention: SelfAttention {
  private let projections: Projections
  private let size: AttentionSize

  /// Takes `query`, `key` and `value` from `scope` (`…attention.self`).
  public init(_ scope: ParameterScope, _ size: AttentionSize) throws {
    projections = try Projections(scope, size)
    self.size = size
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, D] each
    return try AttentionOperator(rows, size, pass).standard(q, k, v, heads: size.heads, headSize: size.head)  // [T, D]
  }

  /// There is none.
  public func lambda() -> [Double] { [] }
}
