/// One bin of a reliability diagram: documents whose highest probability lies in it.
public struct ReliabilityBin: Codable, Sendable, Equatable {
  /// The bin’s lower edge.
  @Measured public var lower: Double
  /// The bin’s upper edge.
  @Measured public var upper: Double
  /// Documents in the bin.
  public var count: Int
  /// Their mean highest probability; NaN in an empty bin.
  @Measured public var confidence: Double
  /// The share of them that is right; NaN in an empty bin.
  @Measured public var accuracy: Double

  private enum CodingKeys: String, CodingKey {
    case lower
    case upper
    case count
    case confidence
    case accuracy
  }

  /// Makes a record of its parts.
  public init(
    lower: Double, upper: Double, count: Int, confidence: Double, accuracy: Double
  ) {
    self.lower = lower
    self.upper = upper
    self.count = count
    self.confidence = confidence
    self.accuracy = accuracy
  }
}
