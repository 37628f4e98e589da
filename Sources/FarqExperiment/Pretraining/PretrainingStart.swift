import FarqCore
import FarqModels
import FarqTokenizer
import FarqTorch
import FarqTraining
import Foundation

/// What a run begins with: a tokenizer and a trainable model.
struct PretrainingStart {
  let plan: PretrainingPlan
  let device: Device
  /// The folder of an interrupted run, whose vocabulary and sizes hold.
  let interrupted: URL?

  /// The checkpoint's tokenizer, the interrupted run's, or one learnt from `words`.
  func tokenizer(_ words: () throws -> WordCounter) throws -> BERTTokenizer {
    if let folder = interrupted ?? plan.model { return try BERTTokenizer(folder: folder) }
    return try plan.sizes.tokenizer(words())
  }

  /// The model, and the configuration to save it with; its parameters are put in afterwards where a run goes on.
  func model(words: Int) throws -> (model: MaskedLanguageModel, saved: BERTConfiguration) {
    var (checkpoint, isConverted) = (try checkpoint(words: words), false)
    if let request = plan.request, interrupted == nil {
      let sizes = checkpoint.configuration
      let attention = try request.plan(for: sizes)
      checkpoint = try HybridConversion(
        plan: attention, initialization: plan.initialization, seed: plan.settings.training.seed)(checkpoint)
      isConverted = true
    }
    var sizes = checkpoint.configuration
    if let dropout = plan.dropout { (sizes.hiddenDropout, sizes.attentionDropout) = (dropout, dropout) }
    guard plan.settings.maximumLength <= sizes.maximumPositions else {
      throw FarqError(
        .usage, "--max-length \(plan.settings.maximumLength): the model takes \(sizes.maximumPositions) tokens")
    }
    let model = try MaskedLanguageModel(
      sizes, weights: checkpoint.weights, hasPooler: plan.settings.documentWeight > 0,
      seed: plan.settings.training.seed, device: device, trainable: true,
      mayDraw: { isConverted && HybridConversion.isNew($0) })
    return (model, checkpoint.configuration)
  }

  private func checkpoint(words: Int) throws -> BERTCheckpoint {
    if let folder = interrupted ?? plan.model { return try BERTCheckpoint(folder: folder, keepsPredictionHead: true) }
    let configuration = try plan.sizes.configuration(words: words)
    let model = try MaskedLanguageModel(configuration, weights: nil, seed: plan.settings.training.seed)
    return BERTCheckpoint(configuration: configuration, weights: model.weights)
  }
}
