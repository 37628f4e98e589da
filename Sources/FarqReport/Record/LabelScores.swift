/// How well one label was recognised.
public struct LabelScores: Codable, Sendable, Equatable {
  /// The label’s name.
  public var label: String
  /// Precision; NaN where nothing was given this label.
  @Measured public var precision: Double
  /// Recall; NaN where no document has this label.
  @Measured public var recall: Double
  /// F1.
  @Measured public var f1: Double
  /// Documents that have this label.
  public var support: Int

  private enum CodingKeys: String, CodingKey {
    case label
    case precision
    case recall
    case f1
    case support
  }

  /// Makes a record of its parts.
  public init(
    label: String, precision: Double, recall: Double, f1: Double, support: Int
  ) {
    self.label = label
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.support = support
  }
}
