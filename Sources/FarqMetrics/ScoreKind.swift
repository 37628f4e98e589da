/// What the scores of a prediction are.
public enum ScoreKind: String, Sendable, Codable {
  /// Any real numbers; probabilities are their softmax.
  case logits
  /// Numbers from 0 to 1, one a class.
  case probabilities
  /// TorchMetrics' rule: logits if any score of the batch (ignored items aside) is outside 0...1, else probabilities.
  case automatic
}
