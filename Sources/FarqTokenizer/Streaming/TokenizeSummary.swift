/// What a run of ``TokenizeStream`` went through.
public struct TokenizeSummary: Sendable, Equatable {
  /// The texts encoded.
  public private(set) var documents = 0
  /// Their ids, special ones included.
  public private(set) var tokens = 0
  /// The texts that were cut at the maximum length.
  public private(set) var cutDocuments = 0

  /// Nothing yet.
  public init() {}

  mutating func add(tokens count: Int, isCut: Bool) {
    documents += 1
    tokens += count
    if isCut { cutDocuments += 1 }
  }

  mutating func add(_ other: TokenizeSummary) {
    documents += other.documents
    tokens += other.tokens
    cutDocuments += other.cutDocuments
  }
}
