import FarqTorch

/// What cross-attention looks at: the encoder's states of B documents, without padding.
struct DecoderMemory {
  /// [T, D]
  let states: Tensor
  /// Where documents begin and end in the states.
  let rows: PackedRows
  /// Where they do in the decoder's rows.
  let queryRows: PackedRows

  init(states: Tensor, rows: PackedRows, queryRows: PackedRows) throws {
    self.queryRows = queryRows
    guard let unpadded = try rows.withoutPadding() else {
      (self.states, self.rows) = (states, rows)
      return
    }
    (self.states, self.rows) = (try states.selecting(0, unpadded.places), unpadded.rows)
  }
}
