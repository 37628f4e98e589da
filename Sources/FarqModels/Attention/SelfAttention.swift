public import FarqTorch

/// What stands in a layer's place for self-attention: from rows to the concatenated heads. BERT's
/// `attention.output.dense`, dropout, residual and norm come after it and are the same for all.
public protocol SelfAttention {
  /// [T, D] → [T, D]
  func callAsFunction(_ x: Tensor, _ rows: PackedRows, _ pass: ForwardPass) throws -> Tensor

  /// λ as it stands now: none for standard attention, one for the layer, or one a head.
  func lambda() throws -> [Double]

  /// Sets the norm over heads, where there is one, so that what it gives has this root mean square.
  func setNorm(rootMeanSquare: Double) throws
}

extension SelfAttention {
  /// There is no norm.
  public func setNorm(rootMeanSquare: Double) {}
}
