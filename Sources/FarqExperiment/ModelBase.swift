import FarqCore
import FarqDatasets
import FarqInference
import FarqModels
import FarqTokenizer
import FarqTorch
import Foundation

/// What all models of a run begin with: tokenizer, and a checkpoint for each seed.
struct ModelBase {
  let tokenizer: BERTTokenizer
  let maximumLength: Int
  private let origin: Origin
  private let labels: [String]
  /// How a decoder writes the labels; nil without one.
  private let labelTokens: LabelTokens?
  /// A vocabulary is learnt from so many bytes of text at most, drawn by seed: more changes few words of it.
  private static let vocabularyBytes = 512 << 20

  private enum Origin {
    case checkpoint(BERTCheckpoint)
    case scratch(BERTConfiguration)
  }

  /// Opens the checkpoint, or learns a vocabulary from the training texts.
  init(_ settings: ExperimentSettings, labels: [String], training: DocumentList) throws {
    self.labels = labels
    switch settings.origin {
    case .checkpoint(let folder):
      let given = try BERTCheckpoint(folder: folder, keepsPredictionHead: settings.architecture == .encoderDecoder)
      guard given.configuration.plan.isStandard else {
        throw FarqError(
          .usage, "\(folder.path) is a hybrid already: give the baseline that it was made from as --model")
      }
      let checkpoint = try given.converted(to: settings.architecture ?? given.configuration.architecture)
      origin = .checkpoint(checkpoint)
      tokenizer = try BERTTokenizer(folder: folder, compatibility: settings.tokenizerCompatibility)
      maximumLength = try TextClassifier.length(settings.maximumLength, checkpoint.configuration)
      let isEncoder = checkpoint.configuration.architecture == .encoder
      labelTokens = try isEncoder ? nil : LabelTokens(labels, tokenizer: tokenizer)
    case .scratch(let scratch):
      let writesNames = settings.architecture == .encoderDecoder
      let texts = training.sample(byteCount: Self.vocabularyBytes, seed: settings.data.seed).textSequence
      tokenizer = try writesNames
        ? scratch.tokenizer(learntFrom: Self.texts(Array(texts), naming: labels)) : scratch.tokenizer(learntFrom: texts)
      maximumLength = settings.maximumLength ?? 512
      var configuration = try scratch.configuration(
        words: tokenizer.vocabulary.count, labels: labels, maximumPositions: maximumLength)
      labelTokens = try writesNames ? LabelTokens(labels, tokenizer: tokenizer) : nil
      if let labelTokens {
        configuration.farq = FarqConfiguration(architecture: .encoderDecoder)
        configuration.farq?.labelTokens = labelTokens
      }
      origin = .scratch(configuration)
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
    switch origin {
    case .checkpoint(let checkpoint):
      if let labelTokens { return checkpoint.prepared(forLabels: labels, tokens: labelTokens) }
      return try checkpoint.prepared(forLabels: labels).checkpoint
    case .scratch(let configuration):
      let model = try ClassifierFactory.make(configuration, weights: nil, seed: seed)
      return BERTCheckpoint(configuration: configuration, weights: model.weights)
    }
  }

  /// The texts, and the labels' names as often as documents bear them, so that a decoder has words to write them with.
  private static func texts(_ texts: [String], naming labels: [String]) -> [String] {
    texts + (0..<max(texts.count, labels.count)).map { labels[$0 % labels.count] }
  }
}
