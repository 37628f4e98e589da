/// One bar of a reliability diagram: the predictions whose confidence lies between two edges. The last bin holds 1 too.
public struct ReliabilityBin: Sendable, Equatable, Codable {
  /// The lower edge, which belongs to the bin.
  public let lower: Double
  /// The upper edge, which belongs to the next bin.
  public let upper: Double
  /// How many predictions.
  public internal(set) var count: Int
  /// How many of them were right.
  public internal(set) var hits: Int
  /// The sum of their confidences.
  public internal(set) var confidenceSum: Double

  /// The share that was right; NaN for an empty bin.
  public var accuracy: Double { Double(hits) / Double(count) }
  /// The mean confidence; NaN for an empty bin.
  public var confidence: Double { confidenceSum / Double(count) }
}
