/// Two models on the same documents: b minus a.
public struct ModelComparison: Codable, Sendable, Equatable {
  /// The name of the first model, usually the baseline.
  public var a: String
  /// The name of the second model.
  public var b: String
  /// The metric that is compared (`accuracy`, `macro_f1`, …).
  public var metric: String
  /// The metric of b minus the metric of a.
  @Measured public var delta: Double
  /// The paired bootstrap 95 % interval of the difference.
  public var ci95: ConfidenceInterval
  /// The p value of the exact McNemar test on right and wrong answers.
  @Measured public var mcnemarP: Double
  /// The same after Holm’s correction over the pairs of the run.
  @Measured public var mcnemarPHolm: Double
  /// How many seeds were pooled, where it was more than one.
  public var pooledSeeds: Int?
  /// Whether b is no worse by more than a margin; of accuracy alone, where a margin was asked for.
  public var margin: MarginRecord?

  private enum CodingKeys: String, CodingKey {
    case a
    case b
    case metric
    case delta
    case ci95
    case mcnemarP = "mcnemar_p"
    case mcnemarPHolm = "mcnemar_p_holm"
    case pooledSeeds = "pooled_seeds"
    case margin
  }

  /// Makes a record of its parts.
  public init(
    a: String, b: String, metric: String, delta: Double, ci95: ConfidenceInterval, mcnemarP: Double = .nan,
    mcnemarPHolm: Double = .nan, pooledSeeds: Int? = nil, margin: MarginRecord? = nil
  ) {
    self.a = a
    self.b = b
    self.metric = metric
    self.delta = delta
    self.ci95 = ci95
    self.mcnemarP = mcnemarP
    self.mcnemarPHolm = mcnemarPHolm
    self.pooledSeeds = pooledSeeds
    self.margin = margin
  }
}
