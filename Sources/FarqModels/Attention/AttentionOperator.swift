import FarqTorch

/// Attention over packed rows: B documents, T rows, N tokens of the longest, h heads of size d.
///
/// Masked keys get weight 0. Scores, softmax and difference stand here as in the papers.
struct AttentionOperator {
  let queryRows: PackedRows
  private(set) var keyRows: PackedRows
  let isCausal: Bool
  let dropout: Double
  let pass: ForwardPass

  init(_ rows: PackedRows, _ size: AttentionSize, _ pass: ForwardPass) {
    self.init(queryRows: pass.readsFirstRowsOnly ? rows.firstOnly : rows, keyRows: rows, size, pass)
  }

  /// For cross-attention: the keys come from other rows, of as many documents.
  init(queryRows: PackedRows, keyRows: PackedRows, _ size: AttentionSize, _ pass: ForwardPass) {
    self.queryRows = queryRows
    self.keyRows = keyRows
    self.pass = pass
    isCausal = size.isCausal
    dropout = pass.training ? size.dropout : 0
  }

  /// Fused operators do all that stands below without storing a map; `plain` does it as written.
  private var operators: Operators { pass.operators(on: queryRows.device) }

  /// softmax(q kᵀ / √d) v (Vaswani et al. 2017, equation 1). Padding among the rows, if any, is never a key here.
  ///
  /// [T, h · d] each → [T, h · d]
  func standard(_ query: Tensor, _ key: Tensor, _ value: Tensor, heads: Int, headSize: Int) throws -> Tensor {
    guard heads > 0 else { return query }
    if let unpadded = try keyRows.withoutPadding() {
      var operation = self
      operation.keyRows = unpadded.rows
      return try operation.standard(
        query, key.selecting(0, unpadded.places), value.selecting(0, unpadded.places), heads: heads, headSize: headSize)
    }
    let scale = 1 / Double(headSize).squareRoot()
    if operators == .fused {
      return try .fusedAttention(
        query, key, value, lambda: nil, queryOffsets: queryRows.offsets, keyOffsets: keyRows.offsets,
        FusedAttentionOptions(
          heads: heads, mapSize: headSize, valueSize: headSize, isCausal: isCausal, scale: scale, dropout: dropout))
    }
    let q = try queryRows.heads(query, count: heads, size: headSize)  // [B, h, N, d]
    let k = try keyRows.heads(key, count: heads, size: headSize)  // [B, h, N, d]
    let v = try keyRows.heads(value, count: heads, size: headSize)  // [B, h, N, d]
    guard let recorder = pass.recorder else {
      let context = try Tensor.scaledDotProductAttention(
        query: q, key: k, value: v, mask: visible(), dropout: dropout, scale: scale)  // [B, h, N, d]
      return try queryRows.rows(context)  // [T, h · d]
    }
    let map = try self.map(q, k, scale: scale)  // [B, h, N, N]
    recorder.record(first: map, combined: map)
    return try queryRows.rows(map.matmul(v))  // [T, h · d]
  }

  /// (softmax(q₁k₁ᵀ·s) − λ · softmax(q₂k₂ᵀ·s)) v (Ye et al. 2024, equation 1), n differential heads whose maps have
  /// size m: query heads 2h and 2h + 1 give the two maps of head h. Padding is among the rows, and then a key as every
  /// other, only where the notebook's missing mask is asked for.
  ///
  /// - Parameters:
  ///   - query: [T, 2n · m]
  ///   - key: [T, 2n · m], or [T, n · m] where both maps of a head share their keys (`sharedKeys`)
  ///   - value: [T, n · w], w the size of a head's values
  ///   - lambda: [1, n], or [T, n] for one λ a token and head
  /// - Returns: [T, n · w]
  func differential(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, lambda: Tensor, heads: Int, mapSize: Int, valueSize: Int,
    sharedKeys: Bool = false
  ) throws -> Tensor {
    let scale = 1 / Double(mapSize).squareRoot()
    if operators == .fused {
      return try .fusedAttention(
        query, key, value, lambda: lambda, queryOffsets: queryRows.offsets, keyOffsets: keyRows.offsets,
        FusedAttentionOptions(
          heads: heads, mapSize: mapSize, valueSize: valueSize, sharesKeys: sharedKeys, isCausal: isCausal,
          scale: scale, dropout: dropout))
    }
    let q = try queryRows.heads(query, count: 2 * heads, size: mapSize)  // [B, 2n, N, m]
    let k = try keyRows.heads(key, count: sharedKeys ? heads : 2 * heads, size: mapSize)  // [B, 2n or n, N, m]
    let v = try keyRows.heads(value, count: heads, size: valueSize)  // [B, n, N, w]
    let queries = try (Self.every(2, from: 0, of: q), Self.every(2, from: 1, of: q))  // [B, n, N, m] each
    let keys = try sharedKeys ? (k, k) : (Self.every(2, from: 0, of: k), Self.every(2, from: 1, of: k))
    if operators == .library {
      // A v = A₁ v − λ · A₂ v; one mask of dropout takes the same places from both maps.
      let (first, second) = try Tensor.pairedAttention(
        queries: queries, keys: keys, value: v, mask: visible(), dropout: dropout, scale: scale)  // [B, n, N, w] each
      let taken = try spread(lambda, heads, first.dtype) * second  // [B, n, N, w]
      try pass.meter?.add(kept: queryRows.rows(first), taken: queryRows.rows(taken), lambda: lambda)
      return try queryRows.rows(first - taken)  // [T, n · w]
    }
    let first = try map(queries.0, keys.0, scale: scale)
    let second = try map(queries.1, keys.1, scale: scale)
    let spread = try spread(lambda, heads, first.dtype)
    let difference = try first - spread * second  // [B, n, N, N]
    pass.recorder?.record(first: first, second: second, lambda: spread, combined: difference)
    let dropped = try Dropout(dropout)(difference, training: pass.training)
    return try queryRows.rows(dropped.matmul(v))  // [T, n · w]
  }

  /// λ beside maps or heads: [1, n] → [1, n, 1, 1], or [T, n] → [B, n, N, 1]
  private func spread(_ lambda: Tensor, _ heads: Int, _ dtype: DType) throws -> Tensor {
    let weight = try lambda.to(dtype)
    return lambda.shape[0] == 1
      ? try weight.reshaped([1, heads, 1, 1]) : try queryRows.heads(weight, count: heads, size: 1)
  }

  /// softmax(q kᵀ · scale), hidden keys at weight 0: [B, h, N, m] twice → [B, h, N, N]
  private func map(_ query: Tensor, _ key: Tensor, scale: Double) throws -> Tensor {
    let scores = try query.matmul(key.transposed(2, 3)) * scale  // [B, h, N, N]
    let masked = try hidden().map { try scores.filled(where: $0, with: -.infinity) } ?? scores
    return try masked.softmax(3)
  }

  /// True where a query sees a key, [B, 1, 1 or N, N]; nil where every query sees every key.
  private func visible() throws -> Tensor? {
    guard let hidden = try hidden() else { return nil }
    return try hidden.to(.float32).differs(from: 1)
  }

  /// True where a key is hidden from a query, [B, 1, 1 or N, N]; nil where none is.
  private func hidden() throws -> Tensor? {
    let isRagged = keyRows.documentCount * keyRows.maximumLength != keyRows.rowCount
    let padded =
      isRagged
      ? try keyRows.mask().to(.float32).differs(from: 1)
        .reshaped([keyRows.documentCount, 1, 1, keyRows.maximumLength]) : nil  // [B, 1, 1, N]
    guard isCausal else { return padded }
    let width = keyRows.maximumLength
    let order = try Tensor.range(width, on: keyRows.device)
    let later = try order.reshaped([1, 1, 1, width]).greater(than: order.reshaped([1, 1, width, 1]))  // [1, 1, N, N]
    guard let padded else { return later }
    return try (padded.to(.float32) + later.to(.float32)).differs(from: 0)
  }

  /// Every `step`-th head: [B, h, N, m] → [B, h / step, N, m]
  private static func every(_ step: Int, from start: Int, of heads: Tensor) throws -> Tensor {
    try heads.strided(1, from: start, by: step)
  }
}
