/// Why a classifier gave a text its label, as data: what `farq explain` writes with `--format json` and shows in its page.
public struct ExplanationReport: Sendable, Codable, Equatable {
  /// The model's name.
  public var model: String
  /// The version of Farq.
  public var farqVersion: String
  /// The text.
  public var text: String
  /// Every label with its probability, in the model's order.
  public var probabilities: [LabelProbability]
  /// The label that is explained.
  public var label: String
  /// What each token added.
  public var attribution: AttributionReport
  /// The tokens that the model read.
  public var tokens: [ExplainedToken]
  /// The tokens of the whole text; more than `tokens` where it was cut.
  public var tokenCount: Int
  /// The attention of one head.
  public var head: HeadReport
  /// Each layer and its λ.
  public var layers: [LayerReport]

  /// Whether there are two stacks; maps are always the encoder's.
  var hasDecoder: Bool { layers.contains { $0.stack == "decoder" } }

  /// Makes the report.
  public init(
    model: String, farqVersion: String, text: String, probabilities: [LabelProbability], label: String,
    attribution: AttributionReport, tokens: [ExplainedToken], tokenCount: Int, head: HeadReport, layers: [LayerReport]
  ) {
    self.model = model
    self.farqVersion = farqVersion
    self.text = text
    self.probabilities = probabilities
    self.label = label
    self.attribution = attribution
    self.tokens = tokens
    self.tokenCount = tokenCount
    self.head = head
    self.layers = layers
  }

  enum CodingKeys: String, CodingKey {
    case model, text, probabilities, label, attribution, tokens, head, layers
    case farqVersion = "farq_version"
    case tokenCount = "token_count"
  }
}
