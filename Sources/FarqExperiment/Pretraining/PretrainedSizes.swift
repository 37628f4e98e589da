import FarqCore
import FarqModels
import FarqTokenizer

/// The sizes of a BERT that is pretrained from scratch.
public struct PretrainedSizes: Sendable, Equatable, Codable {
  /// Layers.
  public var layers = 4
  /// Heads of each layer.
  public var heads = 4
  /// The size of a hidden state.
  public var hiddenSize = 256
  /// The size of the feed-forward layer; nil takes four times the hidden size.
  public var intermediateSize: Int?
  /// The size of the vocabulary, at most.
  public var vocabularySize = 16_000
  /// The largest number of tokens of a document.
  public var maximumPositions = 512

  /// The default sizes.
  public init() {}

  /// Tokens that AraBERT's preparation puts for addresses, e-mail addresses and user names.
  static let replacements = ["[رابط]", "[بريد]", "[مستخدم]"]

  /// What counts as a word: BERT's normalisation without lower-casing or accent stripping, as AraBERT's.
  static let normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)

  /// A vocabulary learnt from counted words, which begins with BERT's special tokens and AraBERT's.
  ///
  /// - Parameter affixes: prefixes and suffixes as segmentation writes them, which stay whole.
  func tokenizer(_ words: WordCounter, affixes: [String] = []) throws -> BERTTokenizer {
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = vocabularySize
    trainer.specialTokens += Self.replacements + affixes
    var configuration = TokenizerConfiguration(normalizer: Self.normalizer)
    configuration.addedTokens = Self.replacements.map { AddedToken($0, isSpecial: true) }
    configuration.neverSplit = affixes
    configuration.modelMaximumLength = maximumPositions
    return try BERTTokenizer(vocabulary: trainer.train(words), configuration: configuration)
  }

  /// The configuration for a vocabulary of `words`.
  func configuration(words: Int) throws -> BERTConfiguration {
    guard heads > 0, layers > 0, hiddenSize > 0, hiddenSize.isMultiple(of: heads) else {
      throw FarqError(.usage, "--hidden-size \(hiddenSize) is no multiple of --heads \(heads): choose others")
    }
    return BERTConfiguration(
      vocabularySize: words, hiddenSize: hiddenSize, layerCount: layers, headCount: heads,
      intermediateSize: intermediateSize ?? 4 * hiddenSize, maximumPositions: maximumPositions)
  }
}
