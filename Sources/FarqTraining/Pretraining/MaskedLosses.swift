import FarqInference
import FarqModels
import FarqTorch

/// The losses of a masked batch.
struct MaskedLosses {
  let batch: MaskedBatch
  let model: MaskedLanguageModel
  let device: Device
  let precision: Precision

  /// The mean cross-entropy of M hidden words, and how far the pooled first tokens are from what the documents are about.
  func callAsFunction(_ pass: ForwardPass) throws -> (words: Tensor, documents: Tensor?) {
    let input = try BERTInput(documents: batch.documents, device: device)
    let places = try Tensor(batch.places, shape: [batch.places.count]).to(device)
    let targets = try Tensor(batch.targets, shape: [batch.targets.count]).to(device)
    let (words, documents) = try Torch.withAutocast(precision.dtype(on: device), on: device) {
      let states = try model.states(input, pass)  // [T, D]
      let words = try model.words(states, at: places)  // [M, V]
      return (words, batch.subjects.isEmpty ? nil : try model.documents(states, input.rows))  // [B, D]
    }
    return (try words.to(.float32).crossEntropy(targets), try documents.map(documentLoss))
  }

  /// 1 − cos of the angle between what is told and what is so, averaged: pooled [B, D]
  private func documentLoss(_ pooled: Tensor) throws -> Tensor {
    let told = try pooled.to(.float32)  // [B, D]
    let subjects = try Tensor(batch.subjects, shape: told.shape).to(device)  // [B, D], of length 1 or 0
    let length = try ((told * told).sum([1]) + 1e-12).squareRoot()  // [B]
    return try ((told * subjects).sum([1]) / length).mean() * -1 + 1
  }
}
