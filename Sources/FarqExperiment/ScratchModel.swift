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

  /// What counts as a word: BERT's normalisation without lower-casing or accent stripping, as AraBERT's.
  static let normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)

  /// A vocabulary learnt from counted words.
  ///
  /// - Parameter neverSplit: tokens of the vocabulary that stand in texts and stay whole; they are no counted words.
  func tokenizer(_ words: WordCounter, neverSplit: [String] = []) throws -> BERTTokenizer {
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = vocabularySize
    trainer.specialTokens += neverSplit
    var configuration = TokenizerConfiguration(normalizer: Self.normalizer)
    configuration.neverSplit = neverSplit
    return try BERTTokenizer(vocabulary: trainer.train(words), configuration: configuration)
  }

  /// The text without `tokens`.
  static func words(_ text: String, without tokens: Set<String>) -> String {
    guard !tokens.isEmpty else { return text }
    return text.split(separator: " ").filter { !tokens.contains(String($0)) }.joined(separator: " ")
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
