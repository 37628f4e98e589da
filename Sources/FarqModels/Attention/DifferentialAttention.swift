public import FarqTorch

/// Multi-head differential attention (Differential Transformer, Ye et al. 2024, arXiv 2410.05258), for the first heads
/// of a layer or all of them; the other heads are standard.
///
/// Projections keep BERT's shapes. With `pair`, BERT's heads 2h and 2h + 1 are the two maps of one head with values of
/// size 2d. With `split`, the halves of head h are its two maps, of size d/2, and its values keep d. Both are the same
/// formula over maps of size m and values of size 2m: m = d, or d/2.
public struct DifferentialAttention: SelfAttention {
  private let projections: Projections
  private let lambdaVectors: LambdaVectors
  private let norm: RMSNorm
  private let size: AttentionSize
  /// BERT's heads that are differential.
  private let bertHeads: Int
  /// m
  private let mapSize: Int

  /// Takes the projections, `lambda_*` and `subln` from `scope` (`…attention.self`).
  ///
  /// - Parameters:
  ///   - heads: how many of BERT's heads are differential, from the first.
  ///   - lambdaInitial: λ_init of this layer.
  public init(
    _ scope: ParameterScope, _ size: AttentionSize, heads: Int, pairing: AttentionPairing, lambdaInitial: Double
  ) throws {
    self.size = size
    bertHeads = heads
    mapSize = pairing == .pair ? size.head : size.head / 2
    projections = try Projections(scope, size)
    lambdaVectors = try LambdaVectors(scope, size: mapSize, deviation: 0.1, initial: lambdaInitial)
    norm = try RMSNorm(scope / "subln", size: 2 * mapSize, epsilon: 1e-5)
  }

  /// [T, D] → [T, D]
  public func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor {
    let (q, k, v) = try projections(x, rows, pass)  // [T, D] each
    let operation = AttentionOperator(rows, size, pass)
    return try HeadMixture(size: size, differentialHeads: bertHeads)(q, k, v, operation, pass) { q, k, v in
      try differential(q, k, v, operation)
    }
  }

  /// λ of the layer.
  public func lambda() throws -> [Double] {
    [try lambdaVectors().scalar()]
  }

  /// One number for all weights of the norm, which makes up for 1 − λ_init too.
  public func setNorm(rootMeanSquare: Double) throws {
    let factor = 1 - lambdaVectors.initial
    guard abs(factor) > 1e-6 else { return }
    try norm.weight.assign(.full(norm.weight.shape, rootMeanSquare / factor).to(Device(of: norm.weight)))
  }

  /// (1 − λ_init) · RMSNorm(A v), A = softmax(q₁k₁ᵀ/√m) − λ · softmax(q₂k₂ᵀ/√m) (equations 1 and 3).
  ///
  /// [T, n · 2m] each → [T, n · 2m]
  private func differential(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, _ operation: AttentionOperator
  ) throws -> Tensor {
    let count = bertHeads * size.head / (2 * mapSize)  // n
    let lambda = try lambdaVectors().reshaped([1, 1]).expanded([1, count])  // [1, n]
    let heads = try operation.differential(
      q, k, v, lambda: lambda, heads: count, mapSize: mapSize, valueSize: 2 * mapSize)  // [T, n · 2m]
    let normed = try norm(heads.reshaped([-1, count, 2 * mapSize]))  // [T, n, 2m]
    return try normed.reshaped([-1, count * 2 * mapSize]) * (1 - lambdaVectors.initial)  // [T, n · 2m]
  }
}
