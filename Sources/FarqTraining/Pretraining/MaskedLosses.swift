import FarqInference
import FarqModels
import FarqTorch

/// The losses of a masked batch.
struct MaskedLosses {
  let batch: MaskedBatch
  let model: MaskedLanguageModel
  let device: Device
  let precision: Precision
  /// 0 leaves the second task out.
  let documentWeight: Double

  /// The mean cross-entropy of M hidden words, and of the words of each piece told from its pooled first token.
  func callAsFunction(_ pass: ForwardPass) throws -> (words: Tensor, documents: Tensor?) {
    let input = try BERTInput(documents: batch.documents, device: device)
    let places = try Tensor(batch.places, shape: [batch.places.count]).to(device)
    let targets = try Tensor(batch.targets, shape: [batch.targets.count]).to(device)
    let (words, documents) = try Torch.withAutocast(precision.dtype(on: device), on: device) {
      let states = try model.states(input, pass)  // [T, D]
      let words = try model.words(states, at: places)  // [M, V]
      return (words, documentWeight > 0 ? try model.documents(states, input.rows) : nil)  // [B, V]
    }
    return (try words.to(.float32).crossEntropy(targets), try documents.flatMap(documentLoss))
  }

  /// −log p of every word of every piece, averaged: logits [B, V]
  private func documentLoss(_ logits: Tensor) throws -> Tensor? {
    let width = model.configuration.vocabularySize
    let places = batch.bags.enumerated().flatMap { row, bag in bag.map { Int64(row * width) + Int64($0) } }
    guard !places.isEmpty else { return nil }
    let chosen = try logits.to(.float32).logSoftmax(1)  // [B, V]
      .reshaped([-1])
      .selecting(0, Tensor(places, shape: [places.count]).to(device))  // [words of all pieces]
    return try chosen.mean() * -1
  }
}
