/// One bin of a histogram, `lower` ≤ value < `upper`.
public struct HistogramBin: Codable, Sendable, Equatable {
  /// The lower edge.
  @Measured public var lower: Double
  /// The upper edge; undefined (`null`) for a last bin that is open.
  @Measured public var upper: Double
  /// Values in the bin.
  public var count: Int

  private enum CodingKeys: String, CodingKey {
    case lower
    case upper
    case count
  }

  /// Makes a record of its parts.
  public init(
    lower: Double, upper: Double, count: Int
  ) {
    self.lower = lower
    self.upper = upper
    self.count = count
  }
}
