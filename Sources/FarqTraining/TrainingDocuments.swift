import FarqCore
public import FarqInference

/// Labelled documents as token ids, which may lie in memory or in a mapped file.
public struct TrainingDocuments: Sendable {
  /// The documents' pieces.
  public let tokens: any TokenPieces
  /// The label of each document, an index.
  public let targets: [Int]

  /// Makes a set; there is one label a document.
  public init(tokens: any TokenPieces, targets: [Int]) throws {
    guard tokens.documentCount == targets.count else {
      throw FarqError(.fault, "\(tokens.documentCount) documents but \(targets.count) labels")
    }
    self.tokens = tokens
    self.targets = targets
  }

  /// Makes a set of documents in memory.
  public init(documents: [EncodedDocument], targets: [Int]) throws {
    try self.init(tokens: EncodedDocuments(documents), targets: targets)
  }

  /// The number of documents.
  public var count: Int { targets.count }

  /// The document that each piece is of.
  var documentOfPiece: [Int] {
    targets.indices.flatMap { document in
      repeatElement(document, count: tokens.firstPiece(of: document + 1) - tokens.firstPiece(of: document))
    }
  }
}
