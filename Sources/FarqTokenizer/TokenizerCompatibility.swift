/// Whose ids a tokenizer gives where the two peers differ.
public enum TokenizerCompatibility: String, Sendable, CaseIterable {
  /// What the checkpoint was made for: where `tokenizer_config.json` has `never_split`, the slow `BertTokenizer` of
  /// transformers 4.57 (those tokens are kept whole and looked up); else the `tokenizers` library.
  case checkpoint
  /// The `tokenizers` library always, which does not know `never_split`.
  case fast
}
