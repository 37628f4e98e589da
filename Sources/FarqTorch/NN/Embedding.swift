/// A row of the table for each id.
public struct Embedding {
  /// [words, size]
  public let weight: Tensor
  private let padding: Int
  private let hasSparseGradient: Bool

  /// Takes `weight` from `scope`. The row `padding`, if any, gets no gradient, as `torch.nn.Embedding`'s `padding_idx`.
  ///
  /// - Parameter sparse: keeps only the rows of the gradient that a batch touches; on the processor, where ``AdamW``
  ///   takes it.
  public init(
    _ scope: ParameterScope, words: Int, size: Int, deviation: Double, padding: Int? = nil, sparse: Bool = false
  ) throws {
    weight = try scope.parameter("weight", shape: [words, size], .normal(deviation: deviation))
    self.padding = padding ?? -1
    hasSparseGradient = sparse && scope.store.device.isCPU
  }

  /// [rows] (int64) → [rows, size]
  public func callAsFunction(_ ids: Tensor) throws -> Tensor {
    try .embedding(ids, weight: weight, padding: padding, sparse: hasSparseGradient)
  }
}
