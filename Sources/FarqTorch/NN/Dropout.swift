/// Zeroes elements at random while training (Srivastava et al. 2014); nothing otherwise.
public struct Dropout: Sendable {
  /// The probability of an element to be zeroed.
  public let probability: Double

  /// Makes the layer.
  public init(_ probability: Double) {
    self.probability = probability
  }

  /// Any shape → the same shape.
  public func callAsFunction(_ x: Tensor, training: Bool) throws -> Tensor {
    training && probability > 0 ? try x.dropout(probability) : x
  }
}
