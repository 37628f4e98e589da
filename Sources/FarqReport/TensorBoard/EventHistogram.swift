/// Counts of values in bins, as TensorBoard's histograms want them.
public struct EventHistogram: Sendable, Equatable {
  /// The least value.
  public let minimum: Double
  /// The greatest value.
  public let maximum: Double
  /// How many values.
  public let count: Int
  /// The sum of the values.
  public let sum: Double
  /// The sum of their squares.
  public let sumOfSquares: Double
  /// The upper edge of each bin, rising.
  public let limits: [Double]
  /// How many values are in each bin.
  public let counts: [Int]

  /// Counts the finite ones of `values` in bins of equal width; nil where there is none.
  public init?(_ values: [Double], bins: Int = 30) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), bins > 0 else { return nil }
    let width = (high - low) / Double(bins)
    guard width.isFinite else { return nil }
    minimum = low
    maximum = high
    count = finite.count
    sum = finite.reduce(0, +)
    sumOfSquares = finite.reduce(0) { $0 + $1 * $1 }
    guard width > 0 else {
      // All alike: one bin that ends just above, since a bin's lower edge is the upper edge of the one before.
      limits = [low.nextDown, low.nextUp]
      counts = [0, finite.count]
      return
    }
    var counts = [Int](repeating: 0, count: bins)
    for value in finite { counts[min(Int((value - low) / width), bins - 1)] += 1 }
    limits = (1...bins).map { $0 == bins ? high : low + Double($0) * width }
    self.counts = counts
  }
}
