/// Everything that a run found: `report.json`.
public struct RunReport: Codable, Sendable, Equatable {
  /// The version of this layout.
  public var format: Int
  /// A name for the run.
  public var title: String?
  /// What makes the run the one that it is; nil where no models were trained, or an earlier Farq wrote the report.
  public var identity: RunIdentity?
  /// The models, the baseline first.
  public var models: [ModelReport]
  /// The pairs that were compared.
  public var comparisons: [ModelComparison]
  /// Metrics over seeds, where there were several.
  public var seedSummaries: [SeedSummary]
  /// What can be claimed, in words.
  public var claims: [Claim]
  /// What the models saw.
  public var data: DataReport
  /// Where and how the run was made.
  public var environment: EnvironmentReport

  private enum CodingKeys: String, CodingKey {
    case format
    case title
    case identity
    case models
    case comparisons
    case seedSummaries = "seed_summaries"
    case claims
    case data
    case environment
  }

  /// What the report is called: ``title``, or what it holds.
  var heading: String {
    if let title { return title }
    let results = ConfigurationResult.all(of: self)
    let words = results.count == 1 ? "Report of \(results[0].name)" : "Comparison of \(results.count) models"
    return seedCount > 1 ? words + " over \(seedCount) seeds" : words
  }

  /// The seeds of the configuration that has most of them.
  var seedCount: Int { ConfigurationResult.all(of: self).map(\.models.count).max() ?? 1 }

  /// The seeds whose predictions the comparisons pool; 1 where they pool none.
  var pooledSeedCount: Int { comparisons.compactMap(\.pooledSeeds).max() ?? 1 }

  /// Makes a record of its parts.
  public init(
    format: Int = 1, title: String? = nil, identity: RunIdentity? = nil, models: [ModelReport],
    comparisons: [ModelComparison] = [],
    seedSummaries: [SeedSummary] = [], claims: [Claim] = [], data: DataReport, environment: EnvironmentReport
  ) {
    self.format = format
    self.title = title
    self.identity = identity
    self.models = models
    self.comparisons = comparisons
    self.seedSummaries = seedSummaries
    self.claims = claims
    self.data = data
    self.environment = environment
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    format = try container.decodeIfPresent(Int.self, forKey: .format) ?? 1
    title = try container.decodeIfPresent(String.self, forKey: .title)
    identity = try container.decodeIfPresent(RunIdentity.self, forKey: .identity)
    models = try container.decode([ModelReport].self, forKey: .models)
    comparisons = try container.decodeIfPresent([ModelComparison].self, forKey: .comparisons) ?? []
    seedSummaries = try container.decodeIfPresent([SeedSummary].self, forKey: .seedSummaries) ?? []
    claims = try container.decodeIfPresent([Claim].self, forKey: .claims) ?? []
    data = try container.decode(DataReport.self, forKey: .data)
    environment = try container.decode(EnvironmentReport.self, forKey: .environment)
  }
}
