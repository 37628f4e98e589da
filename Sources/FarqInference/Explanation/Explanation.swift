/// Why a classifier gave a text its label: the tokens that spoke for and against it, and the attention of one head.
public struct Explanation: Sendable, Equatable {
  /// A token as the model read it.
  public struct Token: Sendable, Equatable {
    /// The vocabulary's word piece.
    public let piece: String
    /// The bytes of the text's UTF-8 that it stands for; empty for `[CLS]` and `[SEP]`.
    public let range: Range<Int>
    /// Whether it goes on with the word of the token before.
    public let isContinuation: Bool
    /// What it added to the log-odds of the label.
    public let attribution: Double
  }

  /// The text.
  public let text: String
  /// The tokens that the model read.
  public let tokens: [Token]
  /// The tokens of the whole text, `[CLS]` and `[SEP]` included; more than `tokens` where the text is too long.
  public let tokenCount: Int
  /// What the classifier says.
  public let classification: Classification
  /// The index of the label that is explained.
  public let label: Int
  /// The attribution to the label.
  public let attribution: Attribution
  /// The token that the text is compared with.
  public let neutralToken: String
  /// The attention of one head.
  public let maps: HeadMaps
}
