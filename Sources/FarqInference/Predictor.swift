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

  /// Makes a predictor.
  ///
  /// - Parameter tokenBudget: nil takes what the device has room for.
  public init(
    model: any DocumentClassifier, device: Device = .cpu, precision: Precision = .auto, tokenBudget: Int? = nil
  ) {
    self.model = model
    self.device = device
    self.precision = precision
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
    let owners = (0..<tokens.documentCount).flatMap { document in
      repeatElement(document, count: tokens.firstPiece(of: document + 1) - tokens.firstPiece(of: document))
    }
    var sums = [Float](repeating: 0, count: tokens.documentCount * width)
    var done = 0
    let lengths = tokens.lengths.map { max($0, model.configuration.paddedLength ?? 0) }
    for batch in BatchPlan.byLength(lengths, tokenBudget: tokenBudget) {
      let rows = try logits(ofBatch: batch.map(tokens.ids))
      guard rows.allSatisfy(\.isFinite) else { throw try notFinite() }
      for (row, piece) in batch.enumerated() {
        let document = owners[piece]
        let share = 1 / Float(tokens.firstPiece(of: document + 1) - tokens.firstPiece(of: document))
        for label in 0..<width { sums[document * width + label] += rows[row * width + label] * share }
      }
      done += batch.count
      progress(done)
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
