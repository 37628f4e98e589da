import FarqCore
import FarqModels
import FarqTokenizer

/// The sizes of a BERT that is trained from scratch.
public struct ScratchModel: Sendable, Equatable, Codable {
  /// Layers.
  public var layers = 4
  /// Heads of each layer.
  public var heads = 4
  /// The size of a hidden state.
  public var hiddenSize = 160
  /// The size of the vocabulary, at most.
  public var vocabularySize = 8000

  /// The default sizes: 2 million parameters with a vocabulary of 5,000.
  public init() {}

  /// A vocabulary learnt from `texts`: BERT's normalisation without lower-casing or accent stripping, as AraBERT's.
  func tokenizer(learntFrom texts: some Sequence<String>) throws -> BERTTokenizer {
    let normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = vocabularySize
    let vocabulary = trainer.train(texts, normalizer: normalizer)
    return try BERTTokenizer(vocabulary: vocabulary, configuration: TokenizerConfiguration(normalizer: normalizer))
  }

  /// The configuration for a vocabulary of `words`.
  func configuration(words: Int, labels: [String], maximumPositions: Int) throws -> BERTConfiguration {
    guard heads > 0, hiddenSize.isMultiple(of: heads), layers > 0 else {
      throw FarqError(.usage, "--hidden-size \(hiddenSize) is no multiple of --heads \(heads): choose others")
    }
    return BERTConfiguration(
      vocabularySize: words, hiddenSize: hiddenSize, layerCount: layers, headCount: heads,
      intermediateSize: 4 * hiddenSize, maximumPositions: max(512, maximumPositions), labels: labels)
  }
}
