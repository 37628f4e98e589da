/// How long the documents are.
public struct LengthHistogram: Codable, Sendable, Equatable {
  /// What is counted: `tokens` or `words`.
  public var unit: String
  /// The bins in order.
  public var bins: [HistogramBin]
  /// The mean length.
  @Measured public var mean: Double
  /// The median length.
  @Measured public var median: Double
  /// The greatest length.
  @Measured public var maximum: Double

  private enum CodingKeys: String, CodingKey {
    case unit
    case bins
    case mean
    case median
    case maximum
  }

  /// Makes a record of its parts.
  public init(
    unit: String, bins: [HistogramBin], mean: Double = .nan, median: Double = .nan, maximum: Double = .nan
  ) {
    self.unit = unit
    self.bins = bins
    self.mean = mean
    self.median = median
    self.maximum = maximum
  }
}
