/// What a training run tells while it goes on.
public enum TrainingEvent: Sendable {
  /// An update is done.
  case step(StepEvent)
  /// The evaluation after an epoch goes on: so many documents of so many.
  case evaluating(done: Int, total: Int)
  /// An epoch is done.
  case epoch(EpochEvent)

  /// One update.
  public struct StepEvent: Sendable {
    /// The update, from 1.
    public let step: Int
    /// All updates of the run.
    public let totalSteps: Int
    /// Passes over the data so far, with a fraction.
    public let epoch: Double
    /// The mean loss of the update's documents.
    public let loss: Double
    /// The learning rate of the update.
    public let learningRate: Double
    /// The 2-norm of the gradients before clipping.
    public let gradientNorm: Double
    /// Documents of the update.
    public let documents: Int
    /// Seconds that the update took.
    public let seconds: Double
  }

  /// One epoch.
  public struct EpochEvent: Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// Updates so far.
    public let step: Int
    /// The mean loss over the epoch's documents.
    public let trainLoss: Double
    /// What the evaluation found.
    public let evaluation: Evaluation
    /// λ of each layer of the encoder, empty where it is standard.
    public let lambdas: [[Double]]
    /// λ of each layer of the decoder, if there is one.
    public let decoderLambdas: [[Double]]
    /// Whether this is the best epoch so far.
    public let isBest: Bool
  }
}
