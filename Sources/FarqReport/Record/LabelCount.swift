/// How many documents have a label.
public struct LabelCount: Codable, Sendable, Equatable {
  /// The label’s name.
  public var label: String
  /// Documents.
  public var count: Int

  private enum CodingKeys: String, CodingKey {
    case label
    case count
  }

  /// Makes a record of its parts.
  public init(
    label: String, count: Int
  ) {
    self.label = label
    self.count = count
  }
}
