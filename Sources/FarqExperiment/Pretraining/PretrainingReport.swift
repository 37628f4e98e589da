public import FarqTraining

/// What a pretraining run leaves besides the checkpoint: `pretraining.json`.
public struct PretrainingReport: Sendable, Codable {
  /// The command.
  public var command: String
  /// How it was trained.
  public var settings: PretrainingSettings
  /// Parameters of the model.
  public var parameters: Int
  /// Words of the vocabulary.
  public var vocabulary: Int
  /// Documents to learn from.
  public var documents: Int
  /// Their tokens.
  public var corpusTokens: Int
  /// Tokens of the documents held out.
  public var heldOutTokens: Int
  /// Updates done.
  public var updates = 0
  /// Tokens read in all updates.
  public var tokens = 0
  /// Seconds of the run.
  public var seconds = 0.0
  /// What held-out text showed, in the course of the run.
  public var heldOut: [Point] = []

  /// One evaluation.
  public struct Point: Sendable, Codable {
    /// Updates done.
    public var update: Int
    /// Tokens read.
    public var tokens: Int
    /// The mean loss.
    public var loss: Double
    /// e to the loss.
    public var perplexity: Double
    /// The share of hidden words told right.
    public var accuracy: Double
  }
}
