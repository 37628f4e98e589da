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
  ///
  /// - Parameter neverSplit: tokens of the vocabulary that stand in the texts and stay whole.
  func tokenizer(learntFrom texts: some Sequence<String>, neverSplit: [String] = []) throws -> BERTTokenizer {
    let normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = vocabularySize
    trainer.specialTokens += neverSplit
    let vocabulary = trainer.train(texts.lazy.map { Self.words($0, without: Set(neverSplit)) }, normalizer: normalizer)
    var configuration = TokenizerConfiguration(normalizer: normalizer)
    configuration.neverSplit = neverSplit
    return try BERTTokenizer(vocabulary: vocabulary, configuration: configuration)
  }

  private static func words(_ text: String, without tokens: Set<String>) -> String {
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
