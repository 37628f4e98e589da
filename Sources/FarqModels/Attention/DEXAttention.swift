public import FarqTorch

/// DEX (Kong et al. 2025, arXiv 2505.16333): o_h ← o_h − λ_h · W_h o_h for the first heads of a layer or all of them.
///
/// The softmax maps stay BERT's. W starts at 0, so the layer starts as the baseline's; λ rises from 0 with α.
public struct DEXAttention: SelfAttention {
  private let projections: Projections
  /// W, [n, d, d]
  private let weight: Tensor
  /// λ, [n]
  private let lambdas: Tensor
  private let size: AttentionSize
  private let chosenHeads: Int

  /// Takes the projections, `dex.weight` and `dex.lambda` from `scope` (`…attention.self`).
  public init(_ scope: ParameterScope, _ size: AttentionSize, heads: Int, lambdaInitial: Double) throws {
    self.size = size
    chosenHeads = heads
    projections = try Projections(scope, size)
    weight = try (scope / "dex").parameter("weight", shape: [heads, size.head, size.head], .zeros)
    lambdas = try (scope / "dex").parameter("lambda", shape: [heads], .constant(lambdaInitial))
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, D] each
    let heads = try AttentionOperator(rows, size, pass)
      .standard(q, k, v, heads: size.heads, headSize: size.head)  // [T, D]
    let edge = chosenHeads * size.head
    let chosen = try edge == size.hidden ? heads : heads.narrowed(1, 0..<edge)  // [T, n · d]
    let taken = try correction(of: chosen) * pass.alpha  // [T, n · d]
    try pass.meter?.add(kept: chosen, taken: taken, lambda: lambdas)
    let corrected = try chosen - taken  // [T, n · d]
    guard edge < size.hidden else { return corrected }
    return try .concatenate([corrected, heads.narrowed(1, edge..<size.hidden)], 1)  // [T, D]
  }

  /// λ of each chosen head.
  public func lambda() throws -> [Double] {
    try lambdas.floats().map(Double.init)
  }

  /// λ_h · W_h o_h: [T, n · d] → [T, n · d]
  private func correction(of heads: Tensor) throws -> Tensor {
    let byHead = try heads.reshaped([-1, chosenHeads, size.head]).transposed(0, 1)  // [n, T, d]
    let mapped = try byHead.matmul(weight.transposed(1, 2))  // [n, T, d]
    let scaled = try mapped * lambdas.to(mapped.dtype).reshaped([chosenHeads, 1, 1])  // [n, T, d]
    return try scaled.transposed(0, 1).reshaped([-1, chosenHeads * size.head])  // [T, n · d]
  }
}
