public import FarqCore

/// The object `farq` of `config.json`.
public struct FarqConfiguration: Sendable, Equatable, Codable {
  /// The format's version, 1.
  public var format: Int
  /// `encoder` or `encoder-decoder`.
  public var architecture: Architecture
  /// Where attention is differential.
  public var attention: AttentionPlan?
  /// How an encoder-decoder writes the labels' names.
  public var labelTokens: LabelTokens?
  /// How many tokens a document is padded to where differential layers attend to padding (`ignore_mask`).
  public var paddedLength: Int?
  /// What a text went through before the tokenizer; the text module's own object, kept as it is.
  public var preprocess: JSONValue?

  enum CodingKeys: String, CodingKey {
    case format, architecture, attention, preprocess
    case labelTokens = "label_tokens"
    case paddedLength = "padded_length"
  }

  /// The architectures.
  public enum Architecture: String, Sendable, Codable {
    /// BERT with pooler and classifier.
    case encoder
    /// BERT encoder and decoder with cross-attention.
    case encoderDecoder = "encoder-decoder"
  }

  /// Makes the object.
  public init(
    architecture: Architecture = .encoder, attention: AttentionPlan? = nil, preprocess: JSONValue? = nil
  ) {
    format = 1
    self.architecture = architecture
    self.attention = attention
    self.preprocess = preprocess
  }
}
