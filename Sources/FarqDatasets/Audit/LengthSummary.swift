/// How long documents are, in words or in tokens.
public struct LengthSummary: Sendable, Codable, Equatable {
  /// A histogram of bins of equal width from 0.
  public struct Histogram: Sendable, Codable, Equatable {
    /// The width of a bin.
    public var binWidth: Int
    /// The number of documents in each bin; bin i holds the lengths from i·width up to and without (i + 1)·width.
    public var counts: [Int]
    /// Documents longer than the last bin.
    public var longer: Int
  }

  /// The number of documents.
  public var documents: Int
  /// The mean length.
  public var mean: Double
  /// The shortest.
  public var minimum: Int
  /// The longest.
  public var maximum: Int
  /// Lengths that 5, 25, 50, 75, 95 and 99 in a hundred documents do not exceed (nearest rank).
  public var percentiles: [String: Int]
  /// The distribution.
  public var histogram: Histogram
  /// The limit that ``shareOverLimit`` speaks of; nil where none was given.
  public var limit: Int?
  /// The share of documents longer than ``limit``.
  public var shareOverLimit: Double?

  /// Summarises `lengths`; nil where there are none.
  public init?(_ lengths: [Int], limit: Int? = nil) {
    let sorted = lengths.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    documents = sorted.count
    mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
    minimum = first
    maximum = last
    let rank = { (percent: Int) in sorted[(sorted.count * percent + 99) / 100 - 1] }
    percentiles = Dictionary(uniqueKeysWithValues: [5, 25, 50, 75, 95, 99].map { ("p\($0)", rank($0)) })
    histogram = Self.histogram(sorted, upTo: rank(99))
    self.limit = limit
    shareOverLimit = limit.map { limit in Double(sorted.count { $0 > limit }) / Double(sorted.count) }
  }

  /// At most forty bins of a round width, up to `end`.
  private static func histogram(_ sorted: [Int], upTo end: Int) -> Histogram {
    let steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000]
    let width = steps.first { end / $0 < 40 } ?? (end / 40 + 1)
    var counts = [Int](repeating: 0, count: end / width + 1)
    var longer = 0
    for length in sorted {
      if length / width < counts.count { counts[length / width] += 1 } else { longer += 1 }
    }
    return Histogram(binWidth: width, counts: counts, longer: longer)
  }
}
