/// One split of the data.
public struct SplitReport: Codable, Sendable, Equatable {
  /// `train`, `validation` or `test`.
  public var name: String
  /// Documents in the split.
  public var documents: Int
  /// Documents a label.
  public var labels: [LabelCount]

  private enum CodingKeys: String, CodingKey {
    case name
    case documents
    case labels
  }

  /// Makes a record of its parts.
  public init(
    name: String, documents: Int, labels: [LabelCount] = []
  ) {
    self.name = name
    self.documents = documents
    self.labels = labels
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    documents = try container.decode(Int.self, forKey: .documents)
    labels = try container.decodeIfPresent([LabelCount].self, forKey: .labels) ?? []
  }
}
