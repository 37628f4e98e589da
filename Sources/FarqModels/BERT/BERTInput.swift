import FarqCore
public import FarqTorch

/// A batch of documents for BERT: token ids and their positions as packed rows.
public struct BERTInput {
  /// Token ids, [T].
  public let ids: Tensor
  /// The position of each token in its document, [T].
  public let positions: Tensor
  /// Where documents begin and end.
  public let rows: PackedRows
  /// The tokens of each document, and the places they stand at.
  private let tokens: [[Place]]
  /// Word embeddings to take instead of those of `ids`, [T, D]: what attribution follows gradients to.
  public var wordEmbeddings: Tensor?
  /// The smallest and the largest id.
  let idRange: ClosedRange<Int32>
  /// The largest position.
  let lastPosition: Int

  /// A batch of documents, each its token ids.
  public init(documents: [[Int32]], device: Device = .cpu) throws {
    try self.init(
      documents: documents.map { ids in ids.enumerated().map { (id: $1, position: $0) } }, device: device)
  }

  /// A padded batch, as Hugging Face gives it: [B · N] ids and a mask, N = `width`. Padding is dropped here, once; a
  /// document that is all padding keeps its first token, so that it has a defined result.
  public init(paddedIDs: [Int32], mask: [Bool], width: Int, device: Device = .cpu) throws {
    guard width > 0, paddedIDs.count == mask.count, paddedIDs.count.isMultiple(of: width) else {
      throw FarqError(.fault, "a padded batch needs as many mask values as ids, in rows of one width")
    }
    let documents = stride(from: 0, to: paddedIDs.count, by: width).map { start in
      let kept = (0..<width).filter { mask[start + $0] }
      return (kept.isEmpty ? [0] : kept).map { (id: paddedIDs[start + $0], position: $0) }
    }
    try self.init(documents: documents, device: device)
  }

  private typealias Place = (id: Int32, position: Int)

  private init(documents: [[Place]], unpaddedLengths: [Int]? = nil, device: Device) throws {
    rows = try PackedRows(lengths: documents.map(\.count), unpaddedLengths: unpaddedLengths, device: device)
    self.tokens = documents
    let tokens = documents.joined()
    idRange = (tokens.lazy.map(\.id).min() ?? 0)...(tokens.lazy.map(\.id).max() ?? 0)
    lastPosition = tokens.lazy.map(\.position).max() ?? 0
    ids = try Tensor(tokens.map { Int64($0.id) }, shape: [rows.rowCount]).to(device)
    positions = try Tensor(tokens.map { Int64($0.position) }, shape: [rows.rowCount]).to(device)
  }

  /// The same documents with `[PAD]` behind them where the model's differential layers attend to padding.
  func padded(for configuration: BERTConfiguration) throws -> BERTInput {
    guard let width = configuration.paddedLength, tokens.contains(where: { $0.count < width }) else { return self }
    let pad = Int32(configuration.padID)
    let documents = tokens.map { document in
      let next = (document.last?.position ?? -1) + 1
      return document + (0..<max(0, width - document.count)).map { (id: pad, position: next + $0) }
    }
    return try BERTInput(documents: documents, unpaddedLengths: tokens.map(\.count), device: rows.device)
  }

  /// Refuses ids and positions that the model has no row for.
  func check(vocabularySize: Int, maximumPositions: Int) throws {
    guard idRange.lowerBound >= 0, Int(idRange.upperBound) < vocabularySize else {
      let id = idRange.lowerBound < 0 ? idRange.lowerBound : idRange.upperBound
      throw FarqError(
        .badData,
        "token id \(id) is not among the model's \(vocabularySize) words: use the tokenizer of this checkpoint")
    }
    guard lastPosition < maximumPositions else {
      throw FarqError(
        .badData,
        "a document has \(lastPosition + 1) tokens, the model takes \(maximumPositions): use a smaller --max-length")
    }
  }
}
