/// The token ids of many documents, one after the other, without special tokens: four bytes a token.
public struct TokenCorpus: Sendable {
  /// All ids.
  public private(set) var ids: [Int32] = []
  /// Where each document ends.
  public private(set) var ends: [Int] = []

  /// An empty corpus.
  public init() {}

  /// Adds a document; one without tokens is left out.
  public mutating func append(_ document: [Int32]) {
    guard !document.isEmpty else { return }
    ids.append(contentsOf: document)
    ends.append(ids.count)
  }

  /// The document that the token at `place` belongs to.
  package func document(at place: Int) -> Int {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The number of documents.
  public var documentCount: Int { ends.count }
  /// The number of tokens.
  public var tokenCount: Int { ids.count }
}
