/// A label and how probable it is.
public struct LabelProbability: Sendable, Codable, Equatable {
  /// The label.
  public var label: String
  /// softmax of the logits.
  public var probability: Double
  /// The logit.
  public var logit: Double

  /// Makes the pair.
  public init(label: String, probability: Double, logit: Double) {
    self.label = label
    self.probability = probability
    self.logit = logit
  }
}
