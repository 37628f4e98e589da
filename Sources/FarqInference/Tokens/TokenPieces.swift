/// Documents as pieces of token ids, wherever these lie: in memory (``EncodedDocuments``) or in a mapped file
/// (``TokenMap``). Pieces stand in the order of their documents; a document has one, or several windows.
public protocol TokenPieces: Sendable {
  /// The number of documents.
  var documentCount: Int { get }
  /// The number of pieces of all documents.
  var pieceCount: Int { get }
  /// The place of a document's first piece; of ``documentCount`` it is ``pieceCount``.
  func firstPiece(of document: Int) -> Int
  /// The number of ids of a piece.
  func length(of piece: Int) -> Int
  /// The ids of a piece, `[CLS]` and `[SEP]` included.
  func ids(of piece: Int) -> [Int32]
  /// The tokens of a whole document, `[CLS]` and `[SEP]` included.
  func tokenCount(of document: Int) -> Int
  /// Whether tokens of a document were left out.
  func isCut(_ document: Int) -> Bool
}

extension TokenPieces {
  /// The documents of which tokens were left out.
  public var cutCount: Int { (0..<documentCount).count(where: isCut) }

  /// The documents with more than `maximum` tokens.
  public func longCount(over maximum: Int) -> Int { (0..<documentCount).count { tokenCount(of: $0) > maximum } }

  /// The length of each piece.
  public var lengths: [Int] { (0..<pieceCount).map(length) }
}
