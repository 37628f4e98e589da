import FarqCore
public import FarqModels
public import FarqTorch

/// Works out logits of many documents, in batches of like lengths.
public struct Predictor {
  /// The model.
  public let model: any DocumentClassifier
  /// Where it runs.
  public let device: Device
  /// The precision of products.
  public let precision: Precision
  /// Tokens in a batch, at most (a single longer document is a batch of its own).
  public let tokenBudget: Int
  /// The processes that share the work, and all are given all of its results; nil for this one alone.
  private let group: ProcessGroup?

  /// Makes a predictor.
  ///
  /// - Parameters:
  ///   - tokenBudget: nil takes what the device has room for.
  ///   - group: processes that predict together: all must ask for the same documents.
  public init(
    model: any DocumentClassifier, device: Device = .cpu, precision: Precision = .auto, tokenBudget: Int? = nil,
    group: ProcessGroup? = nil
  ) {
    self.model = model
    self.device = device
    self.precision = precision
    self.group = group
    self.tokenBudget =
      tokenBudget ?? (try? TokenBudget.prediction(model.configuration, precision, on: device))
      ?? TokenBudget.leastToPredict
  }

  /// Logits in the order of `documents`, row by row, [documents × labels]; windows of one document are averaged.
  ///
  /// - Parameter progress: is told how many pieces are done.
  public func logits(_ documents: [EncodedDocument], progress: (Int) -> Void = { _ in }) throws -> [Float] {
    try logits(EncodedDocuments(documents), progress: progress)
  }

  /// Logits in the order of the documents, row by row, [documents × labels]; windows of one document are averaged.
  ///
  /// - Parameter progress: is told how many pieces are done.
  public func logits(_ tokens: some TokenPieces, progress: (Int) -> Void = { _ in }) throws -> [Float] {
    let width = model.configuration.labels.count
    let lengths = tokens.lengths.map { max($0, model.configuration.paddedLength ?? 0) }
    let batches = BatchPlan.byLength(lengths, tokenBudget: budget(lengths))
    var rows = [Float](repeating: 0, count: lengths.count * width)
    var done = 0
    for (place, batch) in batches.enumerated() where place % (group?.count ?? 1) == group?.rank ?? 0 {
      let logits = try logits(ofBatch: batch.map(tokens.ids))
      for (row, piece) in batch.enumerated() {
        for label in 0..<width { rows[piece * width + label] = logits[row * width + label] }
      }
      done += batch.count
      progress(min(lengths.count, done * (group?.count ?? 1)))
    }
    if let group { rows = try gathered(rows, group) }
    guard rows.allSatisfy(\.isFinite) else { throw try notFinite() }
    return means(of: rows, tokens, width: width)
  }

  /// Of several processes each is to have some batches.
  private func budget(_ lengths: [Int]) -> Int {
    guard let group else { return tokenBudget }
    return min(tokenBudget, max(lengths.max() ?? 1, lengths.reduce(0, +) / (2 * group.count)))
  }

  /// Rows of all processes: each is 0 but in one of them, so that their sum is exact.
  private func gathered(_ rows: [Float], _ group: ProcessGroup) throws -> [Float] {
    guard !rows.isEmpty else { return rows }
    let tensor = try Tensor(rows, shape: [rows.count])
    try group.sum(tensor)
    return try tensor.floats()
  }

  /// The mean over each document's pieces.
  private func means(of rows: [Float], _ tokens: some TokenPieces, width: Int) -> [Float] {
    var sums = [Float](repeating: 0, count: tokens.documentCount * width)
    for document in 0..<tokens.documentCount {
      let pieces = tokens.firstPiece(of: document)..<tokens.firstPiece(of: document + 1)
      let share = 1 / Float(pieces.count)
      for piece in pieces {
        for label in 0..<width { sums[document * width + label] += rows[piece * width + label] * share }
      }
    }
    return sums
  }

  /// What is wrong where a logit is no number: a damaged checkpoint, or a precision whose range is too small.
  private func notFinite() throws -> FarqError {
    for name in model.parameters.names {
      if let tensor = model.parameters[name], try !tensor.isFinite() {
        return FarqError(
          .badData,
          "the tensor \(name) holds numbers that are not finite: train again with a lower rate, or get the checkpoint again"
        )
      }
    }
    return FarqError(.badData, "the model's answer is not finite at this precision: use --precision fp32")
  }

  private func logits(ofBatch ids: [[Int32]]) throws -> [Float] {
    try Torch.withoutGradients {
      try Torch.withAutocast(precision.dtype(on: device), on: device) {
        try model(BERTInput(documents: ids, device: device)).floats()
      }
    }
  }
}
