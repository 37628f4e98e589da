import FarqCore
public import FarqInference

/// Labelled documents as token ids.
public struct TrainingDocuments: Sendable {
  /// The documents.
  public let documents: [EncodedDocument]
  /// The label of each, an index.
  public let targets: [Int]

  /// Makes a set; both lists are of one length.
  public init(documents: [EncodedDocument], targets: [Int]) throws {
    guard documents.count == targets.count else {
      throw FarqError(.fault, "\(documents.count) documents but \(targets.count) labels")
    }
    self.documents = documents
    self.targets = targets
  }

  /// The number of documents.
  public var count: Int { documents.count }
}
