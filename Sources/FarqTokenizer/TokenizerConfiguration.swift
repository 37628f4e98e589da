/// Everything about a BERT tokenizer besides its vocabulary.
public struct TokenizerConfiguration: Sendable, Hashable {
  /// The normaliser's switches.
  public var normalizer: NormalizerOptions
  /// The token for words that cannot be split.
  public var unknownToken = "[UNK]"
  /// The token after a text.
  public var separatorToken = "[SEP]"
  /// The token that fills up batches.
  public var padToken = "[PAD]"
  /// The token before a text.
  public var classificationToken = "[CLS]"
  /// The token that hides others in pretraining.
  public var maskToken = "[MASK]"
  /// What pieces inside a word begin with.
  public var continuingSubwordPrefix = "##"
  /// Words of more scalars are unknown.
  public var maximumCharactersPerWord = 100
  /// Tokens kept whole and looked up as they are (AraBERT's affixes); see ``TokenizerCompatibility``.
  public var neverSplit: [String] = []
  /// Tokens found in the text itself, besides the special ones.
  public var addedTokens: [AddedToken] = []
  /// `model_max_length`, kept for saving.
  public var modelMaximumLength: Int?

  /// Makes a configuration with BERT's own special tokens.
  public init(normalizer: NormalizerOptions = NormalizerOptions()) {
    self.normalizer = normalizer
  }

  /// The special tokens in the order in which transformers adds them.
  public var specialTokens: [String] { [unknownToken, separatorToken, padToken, classificationToken, maskToken] }
}
