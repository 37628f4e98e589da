import FarqTorch

/// A layer whose first heads are differential and whose other heads are standard, and the annealing between the two.
struct HeadMixture {
  let size: AttentionSize
  let differentialHeads: Int
  /// How many query heads a differential head has.
  var queryFactor = 1

  /// Joins the heads; while α < 1 the differential ones are (1 − α) · standard + α · differential.
  ///
  /// - Parameters:
  ///   - standard: what the differential heads are at α = 0; from the same columns, by default standard attention.
  ///   - differential: from the columns [T, f · n · d] of q and [T, n · d] of k and v to [T, n · d], f the query factor.
  /// - Returns: [T, D]
  func callAsFunction(
    _ q: Tensor, _ k: Tensor, _ v: Tensor, _ operation: AttentionOperator, _ pass: ForwardPass,
    standard: ((Tensor, Tensor, Tensor) throws -> Tensor)? = nil,
    differential: (Tensor, Tensor, Tensor) throws -> Tensor
  ) throws -> Tensor {
    let edge = differentialHeads * size.head
    let queryEdge = queryFactor * edge
    let (q1, k1, v1) = (try columns(q, 0..<queryEdge), try columns(k, 0..<edge), try columns(v, 0..<edge))
    let changed = try annealed(
      standard: {
        try standard?(q1, k1, v1)
          ?? operation.standard(q1, k1, v1, heads: differentialHeads, headSize: size.head)
      },
      differential: { try differential(q1, k1, v1) }, alpha: pass.alpha)
    guard edge < size.hidden else { return changed }
    let rest = edge..<size.hidden
    let kept = try operation.standard(
      columns(q, queryEdge..<q.shape[1]), columns(k, rest), columns(v, rest), heads: size.heads - differentialHeads,
      headSize: size.head)  // [T, D − n · d]
    return try .concatenate([changed, kept], 1)  // [T, D]
  }

  private func columns(_ x: Tensor, _ range: Range<Int>) throws -> Tensor {
    range.count == x.shape[1] ? x : try x.narrowed(1, range)
  }
}

/// (1 − α) · standard + α · differential; at α = 0 or 1 only one of them is computed at all.
func annealed(
  standard: () throws -> Tensor, differential: () throws -> Tensor, alpha: Double
) throws -> Tensor {
  guard alpha < 1 else { return try differential() }
  guard alpha > 0 else { return try standard() }
  return try standard() * (1 - alpha) + differential() * alpha
}
