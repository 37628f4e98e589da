/// The course of one training.
public struct LearningCurve: Codable, Sendable, Equatable {
  /// One record an optimiser step (or every k-th).
  public var steps: [StepRecord]
  /// One record an epoch.
  public var epochs: [EpochRecord]

  private enum CodingKeys: String, CodingKey {
    case steps
    case epochs
  }

  /// Makes a record of its parts.
  public init(
    steps: [StepRecord] = [], epochs: [EpochRecord] = []
  ) {
    self.steps = steps
    self.epochs = epochs
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    steps = try container.decodeIfPresent([StepRecord].self, forKey: .steps) ?? []
    epochs = try container.decodeIfPresent([EpochRecord].self, forKey: .epochs) ?? []
  }
}
