public import FarqTorch

/// The differential layer of the public notebook that Farq was asked to rebuild: λ vectors of size d drawn from N(0, 1),
/// λ_init 0.8 in every layer, no norm, no (1 − λ_init), no attention dropout, and one more linear layer `out` over the
/// joined heads. Unlike there, padded keys are masked.
public struct NotebookAttention: SelfAttention {
  private let projections: Projections
  private let lambdaVectors: LambdaVectors
  private let output: Linear
  private let size: AttentionSize
  private let bertHeads: Int

  /// Takes the projections, `lambda_*` and `out` from `scope` (`…attention.self`).
  public init(_ scope: ParameterScope, _ size: AttentionSize, heads: Int, lambdaInitial: Double) throws {
    self.size = AttentionSize(
      hidden: size.hidden, heads: size.heads, dropout: 0, deviation: size.deviation, isCausal: size.isCausal)
    bertHeads = heads
    projections = try Projections(scope, size)
    lambdaVectors = try LambdaVectors(scope, size: size.head, deviation: 1, initial: lambdaInitial)
    output = try Linear(scope / "out", from: size.hidden, to: size.hidden, deviation: size.deviation)
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, D] each
    let operation = AttentionOperator(rows, size, pass)
    let mixture = HeadMixture(size: size, differentialHeads: bertHeads)
    let heads = { (alpha: Double) in
      try mixture(q, k, v, operation, ForwardPass(training: pass.training, alpha: alpha, recorder: pass.recorder)) {
        try differential($0, $1, $2, operation)
      }  // [T, D]
    }
    // `out` belongs to the differential layer: it is annealed with it.
    return try annealed(
      standard: { try heads(0) }, differential: { try output(heads(1)) }, alpha: pass.alpha)  // [T, D]
  }

  /// λ of the layer.
  public func lambda() throws -> [Double] {
    [try lambdaVectors().scalar()]
  }

  /// Halves of each head are its two maps: [T, n · d] each → [T, n · d]
  private func differential(_ q: Tensor, _ k: Tensor, _ v: Tensor, _ operation: AttentionOperator) throws -> Tensor {
    let lambda = try lambdaVectors().reshaped([1, 1]).expanded([1, bertHeads])  // [1, n]
    return try operation.differential(
      q, k, v, lambda: lambda, heads: bertHeads, mapSize: size.head / 2, valueSize: size.head)
  }
}
