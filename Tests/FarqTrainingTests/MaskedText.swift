import FarqCore
import FarqModels
import FarqTokenizer
import FarqTorch
import FarqTraining

/// Documents that say one word over and over, and a BERT of a few thousand parameters for it.
enum MaskedText {
  private static let words = 40

  static func tokenizer() throws -> BERTTokenizer {
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    let vocabulary = Vocabulary(tokens: special + (special.count..<words).map { "w\($0)" })
    return try BERTTokenizer(vocabulary: vocabulary, configuration: TokenizerConfiguration())
  }

  static func corpus(documents: Int, seed: UInt64) -> TokenCorpus {
    var generator = SeededGenerator(seed: seed)
    var corpus = TokenCorpus()
    for _ in 0..<documents {
      let word = Int32(5 + generator.below(35))
      corpus.append([Int32](repeating: word, count: 4 + generator.below(40)))
    }
    return corpus
  }

  static func model(
    plan: AttentionPlan? = nil, weights: (any WeightSource)? = nil, hasPooler: Bool = false
  ) throws -> MaskedLanguageModel {
    var configuration = BERTConfiguration(
      vocabularySize: words, hiddenSize: 16, layerCount: 4, headCount: 4, intermediateSize: 32, maximumPositions: 24)
    configuration.hiddenDropout = 0
    configuration.attentionDropout = 0
    configuration.initializerRange = 0.1
    configuration.farq = plan.map { FarqConfiguration(attention: $0) }
    return try MaskedLanguageModel(
      configuration, weights: weights, hasPooler: hasPooler, seed: 5, trainable: true,
      mayDraw: { HybridConversion.isNew($0) })
  }
}
