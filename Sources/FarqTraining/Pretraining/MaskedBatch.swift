/// Pieces of documents with words hidden, ready for the model.
public struct MaskedBatch: Sendable, Equatable {
  /// Token ids of each piece, with `[CLS]` and `[SEP]`.
  public private(set) var documents: [[Int32]] = []
  /// Rows of the packed batch whose words have to be predicted.
  public private(set) var places: [Int64] = []
  /// The words that belong there.
  public private(set) var targets: [Int64] = []
  /// For each piece, what its document is about: a vector after the other, or nothing.
  public private(set) var subjects: [Float] = []
  /// The rows so far.
  public private(set) var tokenCount = 0

  /// An empty batch.
  public init() {}

  /// Adds a piece.
  ///
  /// - Parameters:
  ///   - ids: with special tokens and hidden words.
  ///   - targets: what has to be predicted; places in `ids`.
  ///   - subject: what the piece's document is about.
  public mutating func append(
    _ ids: [Int32], targets new: [WordMasking.Target], subject: some Sequence<Float> = EmptyCollection()
  ) {
    documents.append(ids)
    places += new.map { Int64(tokenCount + $0.place) }
    targets += new.map { Int64($0.id) }
    subjects.append(contentsOf: subject)
    tokenCount += ids.count
  }
}
