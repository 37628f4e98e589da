/// What the scores of a prediction are.
public enum ScoreKind: String, Sendable, Codable {
  /// Any real numbers; probabilities are their softmax.
  case logits
  /// Numbers from 0 to 1, one a class.
  case probabilities
}
