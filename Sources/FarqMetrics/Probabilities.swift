/// Turns scores into probabilities.
enum Probabilities {
  /// Applies softmax to logits, and to what TorchMetrics takes for logits; holds probabilities to 0...1.
  static func normalize(_ scores: inout [Float], kind: ScoreKind, classCount: Int) {
    switch kind {
    case .logits: Softmax.apply(&scores, classCount: classCount)
    case .automatic:
      if !scores.allSatisfy({ $0 >= 0 && $0 <= 1 }) { Softmax.apply(&scores, classCount: classCount) }
    case .probabilities:
      for index in scores.indices {
        if scores[index] < 0 { scores[index] = 0 } else if scores[index] > 1 { scores[index] = 1 }
      }
    }
  }
}
