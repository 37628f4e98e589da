/// Everything that decides a pretraining run, but for text and model.
public struct PretrainingSettings: Sendable, Codable, Equatable {
  /// Updates, rates, precision, seed; a batch is `batchSize` sequences of `maximumLength` tokens.
  public var training = TrainingSettings()
  /// The share of tokens to predict.
  public var maskShare = 0.15
  /// Tokens of a sequence.
  public var maximumLength = 512
  /// Tokens of a sequence in the first part of the run, as BERT was trained; as many tokens in a batch.
  public var shortLength: Int?
  /// How large that part is.
  public var shortShare = 0.9
  /// Seconds for the whole run; the rate has reached its end when they are over.
  public var timeLimit: Double?
  /// The weight of the second task: to tell from a piece's pooled first token what its whole document is about, as latent
  /// semantic analysis of the corpus says it. It makes the pooler, which a classifier reads, know subjects. 0 leaves it
  /// out.
  public var documentWeight = 0.0
  /// Updates between evaluations on held-out text; 0 evaluates at the end alone.
  public var evaluateEvery = 500

  /// The default settings.
  public init() {}
}
