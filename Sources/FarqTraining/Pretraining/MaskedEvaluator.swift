import FarqInference
import FarqModels
import FarqTorch

/// Measures a model on held-out text whose hidden words are the same each time.
struct MaskedEvaluator {
  private let short: SequenceReader?
  private let full: SequenceReader?
  private let settings: PretrainingSettings
  private let device: Device
  private let group: ProcessGroup?
  /// So much text gives the perplexity to about 1 %.
  private static let tokenLimit = 100_000

  init(
    short: SequenceReader?, full: SequenceReader?, settings: PretrainingSettings, device: Device,
    group: ProcessGroup?
  ) {
    self.short = short
    self.full = full
    self.settings = settings
    self.device = device
    self.group = group
  }

  /// Where several processes train, all must ask: each measures a part.
  ///
  /// - Parameter isShort: reads sequences of the first part's length.
  func evaluate(_ model: MaskedLanguageModel, isShort: Bool) throws -> MaskedEvaluation? {
    guard var reader = isShort ? short : full else { return nil }
    var (loss, right, count, tokens, place) = (0.0, 0, 0, 0, 0)
    while place < reader.count, tokens < Self.tokenLimit {
      let size = min(8, reader.count - place)
      let batch = reader.batch(from: place, count: size)
      if (place / 8) % (group?.count ?? 1) == group?.rank ?? 0 {
        let part = try measure(model, batch)
        loss += part.loss
        right += part.right
      }
      count += batch.targets.count
      tokens += batch.tokenCount
      place += size
    }
    let sums = try group?.sum([loss, Double(right)]) ?? [loss, Double(right)]
    return MaskedEvaluation(loss: sums[0] / Double(count), accuracy: sums[1] / Double(count), count: count)
  }

  private func measure(_ model: MaskedLanguageModel, _ batch: MaskedBatch) throws -> (loss: Double, right: Int) {
    try Torch.withoutGradients {
      let input = try BERTInput(documents: batch.documents, device: device)
      let places = try Tensor(batch.places, shape: [batch.places.count]).to(device)
      let targets = try Tensor(batch.targets, shape: [batch.targets.count]).to(device)
      let logits = try Torch.withAutocast(settings.training.precision.dtype(on: device), on: device) {
        try model.words(model.states(input), at: places)  // [M, V]
      }.to(.float32)
      let best = try logits.argmax(1).integers()
      let right = zip(best, batch.targets).count { $0 == $1 }
      return (try logits.crossEntropy(targets).scalar() * Double(batch.targets.count), right)
    }
  }
}
