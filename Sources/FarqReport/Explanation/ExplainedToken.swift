/// A token as the model read it, and what it added to the log-odds of the label.
public struct ExplainedToken: Sendable, Codable, Equatable {
  /// The word piece.
  public var piece: String
  /// The first byte of the text's UTF-8 that it stands for.
  public var start: Int
  /// The byte after the last; `start` for `[CLS]` and `[SEP]`.
  public var end: Int
  /// Whether it goes on with the word of the token before.
  public var isContinuation: Bool
  /// What it added: positive for the label, negative against it.
  public var attribution: Double

  /// Makes a token.
  public init(piece: String, start: Int, end: Int, isContinuation: Bool, attribution: Double) {
    self.piece = piece
    self.start = start
    self.end = end
    self.isContinuation = isContinuation
    self.attribution = attribution
  }

  enum CodingKeys: String, CodingKey {
    case piece, start, end, attribution
    case isContinuation = "is_continuation"
  }
}
