import FarqArabicText
import FarqCore
import FarqInference
import FarqModels
import FarqTokenizer
import FarqTorch
import Foundation

/// What all models of a run begin with: tokenizer, and a checkpoint for each seed.
struct ModelBase {
  let tokenizer: BERTTokenizer
  let maximumLength: Int
  /// What texts go through before the tokenizer.
  let preparer: TextPreparer
  private let origin: Origin
  private let labels: [String]

  private enum Origin {
    case checkpoint(BERTCheckpoint)
    case scratch(BERTConfiguration)
  }

  /// Opens the checkpoint, or learns a vocabulary from the training texts.
  init(_ settings: ExperimentSettings, labels: [String], trainingTexts: @autoclosure () -> [String]) throws {
    self.labels = labels
    switch settings.origin {
    case .checkpoint(let folder):
      let checkpoint = try BERTCheckpoint(folder: folder)
      guard checkpoint.configuration.plan.isStandard else {
        throw FarqError(
          .usage, "\(folder.path) is a hybrid already: give the baseline that it was made from as --model")
      }
      origin = .checkpoint(checkpoint)
      tokenizer = try BERTTokenizer(folder: folder, compatibility: settings.tokenizerCompatibility)
      preparer = try CheckpointPreparation(checkpoint.configuration, folder: folder, tokenizer: tokenizer)
        .forTraining(settings.preparation)
      maximumLength = try TextClassifier.length(settings.maximumLength, checkpoint.configuration)
    case .scratch(let scratch):
      preparer = try CheckpointPreparation.nothing.forTraining(settings.preparation)
      tokenizer = try scratch.tokenizer(
        learntFrom: trainingTexts().map(preparer.prepare),
        neverSplit: AraBERTVocabulary.neverSplit(preparer.preparation))
      maximumLength = settings.maximumLength ?? 512
      origin = .scratch(
        try scratch.configuration(
          words: tokenizer.vocabulary.count, labels: labels, maximumPositions: maximumLength))
    }
  }

  /// The sizes of the model.
  var configuration: BERTConfiguration {
    switch origin {
    case .checkpoint(let checkpoint): checkpoint.configuration
    case .scratch(let configuration): configuration
    }
  }

  /// The checkpoint that models of `seed` begin with; a new encoder is drawn from the seed, so that all configurations
  /// of a seed share it.
  func checkpoint(seed: UInt64) throws -> BERTCheckpoint {
    var checkpoint: BERTCheckpoint
    switch origin {
    case .checkpoint(let given): checkpoint = try given.prepared(forLabels: labels).checkpoint
    case .scratch(let configuration):
      let model = try BERTClassifier(configuration, weights: nil, seed: seed)
      checkpoint = BERTCheckpoint(configuration: configuration, weights: model.weights)
    }
    var farq = checkpoint.configuration.farq ?? FarqConfiguration()
    farq.preprocess = try preparer.preparation.json()
    checkpoint.configuration.farq = farq
    return checkpoint
  }
}
