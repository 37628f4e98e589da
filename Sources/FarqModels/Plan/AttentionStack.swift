/// Which stack of an encoder-decoder is changed.
public enum AttentionStack: String, Sendable, Codable, CaseIterable {
  /// The encoder.
  case encoder
  /// The decoder's self-attention.
  case decoder
  /// Both.
  case both
}
