/// One metric of one configuration over several seeds.
public struct SeedSummary: Codable, Sendable, Equatable {
  /// The configuration: the models’ common name.
  public var configuration: String
  /// The metric.
  public var metric: String
  /// How many seeds.
  public var seeds: Int
  /// The mean over seeds.
  @Measured public var mean: Double
  /// The sample standard deviation; NaN for one seed.
  @Measured public var standardDeviation: Double
  /// The 95 % interval of the mean.
  public var ci95: ConfidenceInterval

  private enum CodingKeys: String, CodingKey {
    case configuration
    case metric
    case seeds
    case mean
    case standardDeviation = "standard_deviation"
    case ci95
  }

  /// Makes a record of its parts.
  public init(
    configuration: String, metric: String, seeds: Int, mean: Double, standardDeviation: Double,
    ci95: ConfidenceInterval
  ) {
    self.configuration = configuration
    self.metric = metric
    self.seeds = seeds
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.ci95 = ci95
  }
}
