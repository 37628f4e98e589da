import Foundation

/// The mean of −ln(probability of the target), in double precision.
public enum LogLoss {
  /// The loss of each document. Logits go through log-softmax; a given probability of 0 counts as the smallest normal single
  /// precision number, 1.2e-38.
  static func losses(_ predictions: Predictions) -> [Double] {
    let count = predictions.classCount
    return predictions.scores.withUnsafeBufferPointer { scores in
      predictions.targets.enumerated().map { row, target in
        let start = row * count
        guard predictions.scoreKind == .logits else {
          return -log(Double(max(scores[start + target], .leastNormalMagnitude)))
        }
        var highest = -Float.infinity
        for label in 0..<count { highest = max(highest, scores[start + label]) }
        var sum = 0.0
        for label in 0..<count { sum += exp(Double(scores[start + label]) - Double(highest)) }
        return log(sum) + Double(highest) - Double(scores[start + target])
      }
    }
  }

  /// The mean loss; NaN for no documents.
  public static func mean(_ predictions: Predictions) -> Double {
    losses(predictions).reduce(0, +) / Double(predictions.count)
  }
}
