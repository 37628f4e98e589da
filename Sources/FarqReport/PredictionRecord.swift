/// One line of `predictions/<model>.jsonl`; `farq metrics` reads these lines too.
public struct PredictionRecord: Codable, Sendable, Equatable {
  /// Which document: its path or line in the data.
  public var id: String
  /// The index of the label it has.
  public var target: Int
  /// The index of the label it was given.
  public var predicted: Int
  /// The name of the label it has.
  public var label: String
  /// The name of the label it was given.
  public var predictedLabel: String
  /// The logits in the order of the labels; nil for a model that has none.
  public var logits: [Double]?
  /// The probabilities in the order of the labels.
  public var probabilities: [Double]?

  private enum CodingKeys: String, CodingKey {
    case id
    case target
    case predicted
    case label
    case predictedLabel = "predicted_label"
    case logits
    case probabilities
  }

  /// Makes a record of its parts.
  public init(
    id: String, target: Int, predicted: Int, label: String, predictedLabel: String, logits: [Double]? = nil,
    probabilities: [Double]? = nil
  ) {
    self.id = id
    self.target = target
    self.predicted = predicted
    self.label = label
    self.predictedLabel = predictedLabel
    self.logits = logits
    self.probabilities = probabilities
  }
}
