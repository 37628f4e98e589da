/// A row of the table for each id.
public struct Embedding {
  /// [words, size]
  public let weight: Tensor
  private let padding: Int

  /// Takes `weight` from `scope`. The row `padding`, if any, gets no gradient, as `torch.nn.Embedding`'s `padding_idx`.
  public init(_ scope: ParameterScope, words: Int, size: Int, deviation: Double, padding: Int? = nil) throws {
    weight = try scope.parameter("weight", shape: [words, size], .normal(deviation: deviation))
    self.padding = padding ?? -1
  }

  /// [rows] (int64) → [rows, size]
  public func callAsFunction(_ ids: Tensor) throws -> Tensor {
    try .embedding(ids, weight: weight, padding: padding)
  }
}
