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

  public var documentCount: Int { documents.count }
  public var pieceCount: Int { pieces.count }
  public func firstPiece(of document: Int) -> Int { starts[document] }
  public func length(of piece: Int) -> Int { pieces[piece].count }
  public func ids(of piece: Int) -> [Int32] { pieces[piece] }
  public func tokenCount(of document: Int) -> Int { documents[document].tokenCount }
  public func isCut(_ document: Int) -> Bool { documents[document].isCut }
}
