import FarqTorch

/// Attention of the decoder's tokens over the encoder's states: softmax(q kᵀ / √d) v (Vaswani et al. 2017, section
/// 3.2.3). It is standard in every model.
struct CrossAttention {
  private let query: Linear
  private let key: Linear
  private let value: Linear
  private let size: AttentionSize

  /// Takes `query`, `key` and `value` from `scope` (`…crossattention.self`).
  init(_ scope: ParameterScope, _ size: AttentionSize) throws {
    self.size = size
    query = try Linear(scope / "query", from: size.hidden, to: size.hidden, deviation: size.deviation)
    key = try Linear(scope / "key", from: size.hidden, to: size.hidden, deviation: size.deviation)
    value = try Linear(scope / "value", from: size.hidden, to: size.hidden, deviation: size.deviation)
  }

  /// The decoder's states [R, D] and the encoder's [T, D] → [R, D]
  func callAsFunction(_ x: Tensor, _ memory: DecoderMemory, _ pass: ForwardPass) throws -> Tensor {
    try AttentionOperator(queryRows: memory.queryRows, keyRows: memory.rows, size, pass)
      .standard(query(x), key(memory.states), value(memory.states), heads: size.heads, headSize: size.head)  // [R, D]
  }
}
