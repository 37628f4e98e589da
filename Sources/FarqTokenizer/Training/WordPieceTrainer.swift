/// Learns a WordPiece vocabulary as `WordPieceTrainer` of `tokenizers` 0.22.2 does: byte-pair merges by count, ties by
/// the pair's ids.
///
/// Where the library leaves an order to chance (its hash maps are seeded anew in each process), this trainer has a
/// fixed one: continuing characters take ids in the order of their scalars, and of equally rare characters those with
/// the higher scalars are the first that ``limitAlphabet`` drops. Given the library's own order of continuing
/// characters, it learns the library's vocabulary, id for id.
public struct WordPieceTrainer: Sendable {
  /// The wished number of tokens; fewer where the texts give no more, more where the alphabet alone is larger.
  public var vocabularySize = 30_000
  /// Pairs seen less often are not merged.
  public var minimumFrequency = 2
  /// At most so many different characters, the most frequent ones; nil keeps all.
  public var limitAlphabet: Int? = 1000
  /// Characters that are kept however rare.
  public var initialAlphabet: [Unicode.Scalar] = []
  /// The first tokens of the vocabulary.
  public var specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
  /// What pieces inside a word begin with.
  public var continuingSubwordPrefix = "##"
  /// The order of the continuing characters' ids; nil is by scalar. Only for checks against the library.
  package var continuationOrder: [Unicode.Scalar]?

  /// Makes a trainer with the defaults of `BertWordPieceTokenizer.train`.
  public init() {}

  /// Learns a vocabulary from counted words.
  public func train(_ words: WordCounter) -> Vocabulary {
    var state = WordPieceTraining(settings: self, words: words.sorted)
    return Vocabulary(entries: state.run().enumerated().map { ($1, Int32($0)) })
  }

  /// Learns a vocabulary from texts.
  public func train(_ texts: some Sequence<String>, normalizer: NormalizerOptions = .init()) -> Vocabulary {
    var counter = WordCounter(normalizer: normalizer)
    for text in texts { counter.add(text) }
    return train(counter)
  }
}
