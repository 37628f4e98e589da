import FarqArabicText
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
  /// What texts go through before the tokenizer.
  let preparer: TextPreparer
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
      guard given.configuration.plan.isStandard || settings.takesHybrids else {
        throw FarqError(
          .usage,
          "\(folder.path) is a hybrid already: give the baseline that it was made from as --model, "
            + "or train it on as it is with 'farq train' without --attention")
      }
      let checkpoint = try given.converted(to: settings.architecture ?? given.configuration.architecture)
      origin = .checkpoint(checkpoint)
      tokenizer = try BERTTokenizer(folder: folder, compatibility: settings.tokenizerCompatibility)
      preparer = try CheckpointPreparation(checkpoint.configuration, folder: folder, tokenizer: tokenizer)
        .forTraining(settings.preparation)
      maximumLength = try TextClassifier.length(settings.maximumLength, checkpoint.configuration)
      let isEncoder = checkpoint.configuration.architecture == .encoder
      labelTokens = try isEncoder ? nil : LabelTokens(labels, tokenizer: tokenizer)
    case .scratch(let scratch):
      preparer = try CheckpointPreparation.nothing.forTraining(settings.preparation)
      let writesNames = settings.architecture == .encoderDecoder
      let neverSplit = AraBERTVocabulary.neverSplit(preparer.preparation)
      let sample = training.sample(byteCount: Self.vocabularyBytes, seed: settings.data.seed)
      let words = try Self.words(sample, preparer, without: Set(neverSplit), naming: writesNames ? labels : [])
      tokenizer = try scratch.tokenizer(words, neverSplit: neverSplit)
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

  /// What is said of a classifier that the checkpoint does not bring; nil where its own is trained on, or none comes from
  /// a checkpoint.
  var headNote: String? {
    guard case .checkpoint(let checkpoint) = origin, labelTokens == nil,
      let reason = checkpoint.reasonForNewHead(labels)
    else { return nil }
    let pooler = checkpoint.weights.names.contains("bert.pooler.dense.weight") ? "" : ", and so is the pooler"
    return "the classifier for the data's \(labels.count) labels is drawn anew\(pooler): \(reason)"
  }

  /// A fingerprint of the checkpoint's tensors; nil for a model that is drawn.
  func fingerprint() throws -> String? {
    guard case .checkpoint(let checkpoint) = origin else { return nil }
    return try Fingerprint.of(checkpoint.weights)
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
    case .checkpoint(let given):
      checkpoint =
        try labelTokens.map { given.prepared(forLabels: labels, tokens: $0) }
        ?? given.prepared(forLabels: labels).checkpoint
    case .scratch(let configuration):
      let model = try ClassifierFactory.make(configuration, weights: nil, seed: seed)
      checkpoint = BERTCheckpoint(configuration: configuration, weights: model.weights)
    }
    var farq = checkpoint.configuration.farq ?? FarqConfiguration()
    farq.preprocess = try preparer.preparation.json()
    checkpoint.configuration.farq = farq
    return checkpoint
  }

  /// The words of texts, prepared one by one, and of the labels' names as often as documents bear them, so that a
  /// decoder has words to write them with.
  private static func words(
    _ documents: DocumentList, _ preparer: TextPreparer, without tokens: Set<String>, naming labels: [String]
  ) throws -> WordCounter {
    var words = WordCounter(normalizer: ScratchModel.normalizer)
    for text in documents.textSequence { words.add(ScratchModel.words(try preparer.prepare(text), without: tokens)) }
    guard !labels.isEmpty else { return words }
    for index in 0..<max(documents.count, labels.count) { words.add(labels[index % labels.count]) }
    return words
  }
}
