/// A document that was given a wrong label.
public struct Mistake: Codable, Sendable, Equatable {
  /// Which document: its path or line in the data.
  public var id: String?
  /// The text, or its beginning.
  public var text: String
  /// The label it has.
  public var target: String
  /// The label it was given.
  public var predicted: String
  /// The probability of the label it was given.
  @Measured public var probability: Double

  private enum CodingKeys: String, CodingKey {
    case id
    case text
    case target
    case predicted
    case probability
  }

  /// Makes a record of its parts.
  public init(
    id: String? = nil, text: String, target: String, predicted: String, probability: Double
  ) {
    self.id = id
    self.text = text
    self.target = target
    self.predicted = predicted
    self.probability = probability
  }
}
