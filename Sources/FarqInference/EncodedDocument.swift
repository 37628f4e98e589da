/// A document as the model reads it: one piece of token ids, or several windows.
public struct EncodedDocument: Sendable, Equatable {
  /// Token ids with `[CLS]` and `[SEP]`, each at most as long as the model takes.
  public let pieces: [[Int32]]
  /// The tokens of the whole document, `[CLS]` and `[SEP]` included.
  public let tokenCount: Int
  /// Whether tokens were left out.
  public let isCut: Bool

  /// Makes a document.
  public init(pieces: [[Int32]], tokenCount: Int, isCut: Bool) {
    self.pieces = pieces
    self.tokenCount = tokenCount
    self.isCut = isCut
  }

  /// The first piece: all there is, but for windows.
  public var ids: [Int32] { pieces.first ?? [] }
}
