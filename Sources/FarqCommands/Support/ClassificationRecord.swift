import FarqInference

/// What `farq classify` says of a text in JSON.
struct ClassificationRecord: Encodable {
  /// The most probable label.
  let label: String
  /// Its probability.
  let score: Double
  /// The probability of each label.
  let probabilities: [String: Double]
  /// The logits in the order of `id2label`.
  let logits: [Float]
  /// The tokens of the whole text.
  let tokens: Int
  /// Whether tokens were left out.
  let cut: Bool

  init(_ result: Classification, labels: [String]) {
    label = result.label
    score = result.score
    probabilities = Dictionary(zip(labels, result.probabilities), uniquingKeysWith: { first, _ in first })
    logits = result.logits
    tokens = result.tokenCount
    cut = result.isCut
  }
}
