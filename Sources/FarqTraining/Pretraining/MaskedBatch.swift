/// Pieces of documents with words hidden, ready for the model.
public struct MaskedBatch: Sendable, Equatable {
  /// Token ids of each piece, with `[CLS]` and `[SEP]`.
  public private(set) var documents: [[Int32]] = []
  /// Rows of the packed batch whose words have to be predicted.
  public private(set) var places: [Int64] = []
  /// The words that belong there.
  public private(set) var targets: [Int64] = []
  /// For each piece, the different words that it holds.
  public private(set) var bags: [[Int32]] = []
  /// The rows so far.
  public private(set) var tokenCount = 0

  /// An empty batch.
  public init() {}

  /// Adds a piece.
  ///
  /// - Parameters:
  ///   - ids: with special tokens and hidden words.
  ///   - targets: what has to be predicted; places in `ids`.
  ///   - bag: the words of the piece before any was hidden.
  public mutating func append(_ ids: [Int32], targets new: [WordMasking.Target], bag: [Int32] = []) {
    documents.append(ids)
    places += new.map { Int64(tokenCount + $0.place) }
    targets += new.map { Int64($0.id) }
    bags.append(Array(Set(bag)).sorted())
    tokenCount += ids.count
  }
}
