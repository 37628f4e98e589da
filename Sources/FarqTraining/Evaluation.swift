import FarqCore
public import FarqMetrics

/// Logits over labelled documents, and what follows from them.
public struct Evaluation: Sendable {
  /// Targets and logits.
  public let predictions: Predictions
  /// The mean cross-entropy.
  public let loss: Double
  /// Seconds that the forward passes took.
  public let seconds: Double

  /// - Parameter logits: row by row, [targets × classes].
  public init(logits: [Float], targets: [Int], classCount: Int, seconds: Double) throws {
    guard logits.allSatisfy(\.isFinite) else {
      throw FarqError(.badData, "the model gives numbers that are not finite: lower --learning-rate and train again")
    }
    predictions = try Predictions(classCount: classCount, targets: targets, scores: logits, kind: .logits)
    self.seconds = seconds
    loss = LogLoss.mean(predictions)
  }

  /// The share of right answers.
  public var accuracy: Double {
    HeadlineMetric.accuracy.value(predictions.confusionMatrix()) ?? .nan
  }

  /// The mean over labels of F1.
  public var macroF1: Double {
    HeadlineMetric.macroF1.value(predictions.confusionMatrix()) ?? .nan
  }

  /// Whether this is better by `metric`; of equal ones the lower loss is better.
  func isBetter(than other: Evaluation, by metric: SelectionMetric) -> Bool {
    (score(metric), -loss) > (other.score(metric), -other.loss)
  }

  /// Larger is better.
  private func score(_ metric: SelectionMetric) -> Double {
    switch metric {
    case .accuracy: accuracy
    case .macroF1: macroF1
    case .loss: -loss
    }
  }
}
