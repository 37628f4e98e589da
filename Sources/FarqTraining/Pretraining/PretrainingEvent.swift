/// What a pretraining run tells while it goes on.
public enum PretrainingEvent: Sendable {
  /// An update is done.
  case step(Step)
  /// Held-out text was looked at.
  case evaluated(step: Int, tokens: Int, MaskedEvaluation)
  /// The state was saved: a good moment to save the model too.
  case saved(step: Int)

  /// One update.
  public struct Step: Sendable {
    /// The update, from 1.
    public let step: Int
    /// The share of the run that is done.
    public let progress: Double
    /// The mean loss of the update's hidden words.
    public let loss: Double
    /// The mean loss of the second task; 0 without it.
    public let documentLoss: Double
    /// The learning rate of the update.
    public let learningRate: Double
    /// The 2-norm of the gradients before clipping.
    public let gradientNorm: Double
    /// Tokens of the update.
    public let tokens: Int
    /// Seconds that the update took.
    public let seconds: Double
    /// Seconds of the run so far.
    public let elapsed: Double
  }
}
