/// What a finished training run leaves, besides the model, which holds the best epoch's weights.
public struct TrainingOutcome: Sendable {
  /// The epoch whose weights were kept, from 1.
  public let bestEpoch: Int
  /// The evaluation of that epoch.
  public let best: Evaluation
  /// Updates done.
  public let steps: Int
  /// Seconds of the updates, evaluations left out.
  public let trainSeconds: Double
  /// Training documents a second.
  public let documentsPerSecond: Double
}
