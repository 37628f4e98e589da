import FarqArabicText
import FarqCore
import FarqInference
import FarqModels
import FarqTokenizer
import FarqTorch
import FarqTraining
import Foundation

/// What a run begins with: a tokenizer, what texts go through before it, and a trainable model.
struct PretrainingStart {
  let plan: PretrainingPlan
  let device: Device
  /// The folder of an interrupted run, whose vocabulary and sizes hold.
  let interrupted: URL?

  /// The checkpoint's tokenizer, the interrupted run's, or one learnt from `words` of prepared texts.
  func tokenizer(_ words: (TextPreparer) throws -> WordCounter) throws -> (BERTTokenizer, TextPreparer) {
    guard let folder = interrupted ?? plan.model else {
      let preparer = try CheckpointPreparation.nothing.forTraining(plan.preparation)
      let affixes = preparer.preparation.segmentation == .none ? [] : AraBERTVocabulary.affixes
      return (try plan.sizes.tokenizer(words(preparer), affixes: affixes), preparer)
    }
    let tokenizer = try BERTTokenizer(folder: folder)
    let stored = try CheckpointPreparation(folder: folder, tokenizer: tokenizer)
    return (tokenizer, try stored.forTraining(interrupted == nil ? plan.preparation : storedRequest))
  }

  /// An interrupted run goes on with what it began with; only where Farasa lies is not stored.
  private var storedRequest: PreparationRequest {
    var request = PreparationRequest()
    request.farasa = plan.preparation.farasa
    return request
  }

  /// The model, and the configuration to save it with; its parameters are put in afterwards where a run goes on.
  func model(words: Int, _ preparation: TextPreparation) throws -> (
    model: MaskedLanguageModel, saved: BERTConfiguration
  ) {
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
    return (model, try storing(preparation, in: checkpoint.configuration))
  }

  /// A plain encoder of unprepared texts needs no object `farq`.
  private func storing(_ preparation: TextPreparation, in configuration: BERTConfiguration) throws -> BERTConfiguration
  {
    var (stored, farq) = (configuration, configuration.farq ?? FarqConfiguration())
    farq.preprocess = preparation.isNone ? nil : try preparation.json()
    stored.farq = farq == FarqConfiguration() ? nil : farq
    return stored
  }

  private func checkpoint(words: Int) throws -> BERTCheckpoint {
    if let folder = interrupted ?? plan.model { return try BERTCheckpoint(folder: folder, keepsPredictionHead: true) }
    let configuration = try plan.sizes.configuration(words: words)
    let model = try MaskedLanguageModel(configuration, weights: nil, seed: plan.settings.training.seed)
    return BERTCheckpoint(configuration: configuration, weights: model.weights)
  }
}
