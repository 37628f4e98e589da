/// One number over several seeds: mean, standard deviation, and the t interval of the mean.
///
/// The interval speaks of other seeds of the same training on the same documents, not of other documents.
public struct SeedSummary: Sendable, Equatable, Codable {
  /// The values, one a seed.
  public let values: [Double]
  /// Their mean; NaN for none.
  public let mean: Double
  /// Their sample standard deviation (n − 1); nil for fewer than 2 seeds.
  public let standardDeviation: Double?
  /// The t interval of the mean; nil for fewer than 2 seeds.
  public let interval: Interval?

  /// Summarises values, one a seed.
  public init(_ values: [Double], confidence: Double = 0.95) {
    self.values = values
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    guard values.count > 1, 0 < confidence, confidence < 1 else {
      standardDeviation = nil
      interval = nil
      return
    }
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    let half = StudentT.quantile((1 + confidence) / 2, degrees: values.count - 1) * deviation / count.squareRoot()
    standardDeviation = deviation
    interval = Interval(mean - half, mean + half)
  }
}
