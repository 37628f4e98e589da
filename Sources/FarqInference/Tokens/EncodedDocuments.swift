/// Encoded documents in memory.
public struct EncodedDocuments: TokenPieces {
  private let documents: [EncodedDocument]
  private let pieces: [[Int32]]
  private let starts: [Int]

  /// Puts documents together.
  public init(_ documents: [EncodedDocument]) {
    self.documents = documents
    pieces = documents.flatMap(\.pieces)
    var starts = [0]
    for document in documents { starts.append((starts.last ?? 0) + document.pieces.count) }
    self.starts = starts
  }

  /// The number of documents.
  public var documentCount: Int { documents.count }
  /// The number of pieces of all documents.
  public var pieceCount: Int { pieces.count }
  /// The place of a document's first piece.
  public func firstPiece(of document: Int) -> Int { starts[document] }
  /// The number of ids of a piece.
  public func length(of piece: Int) -> Int { pieces[piece].count }
  /// The ids of a piece.
  public func ids(of piece: Int) -> [Int32] { pieces[piece] }
  /// The tokens of a whole document.
  public func tokenCount(of document: Int) -> Int { documents[document].tokenCount }
  /// Whether tokens of a document were left out.
  public func isCut(_ document: Int) -> Bool { documents[document].isCut }
}
