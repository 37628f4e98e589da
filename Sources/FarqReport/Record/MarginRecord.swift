/// Whether b is shown to be no worse than a by more than a margin: of accuracy, over seeds and documents.
public struct MarginRecord: Codable, Sendable, Equatable {
  /// The margin as a share: 0.003 for 0.3 points.
  public var margin: Double
  /// The 95 % interval of the difference over seeds and documents; of documents alone where `seeds` is 1.
  public var ci95: ConfidenceInterval
  /// How many seeds of each model.
  public var seeds: Int
  /// Whether the whole interval lies above −margin.
  public var isNotWorse: Bool
  /// Whether the whole interval lies within ±margin.
  public var isEquivalent: Bool
  /// p of "b is worse by the margin or more".
  @Measured public var notWorseP: Double
  /// p of two one-sided tests.
  @Measured public var equivalenceP: Double
  /// Documents that the margin needs with these seeds; nil where no number would do.
  public var documentsNeeded: Int?
  /// Seeds that the margin needs with these documents; nil where no number would do, or one was trained.
  public var seedsNeeded: Int?

  private enum CodingKeys: String, CodingKey {
    case margin, ci95, seeds
    case isNotWorse = "not_worse"
    case isEquivalent = "equivalent"
    case notWorseP = "not_worse_p"
    case equivalenceP = "equivalence_p"
    case documentsNeeded = "documents_needed"
    case seedsNeeded = "seeds_needed"
  }

  /// Makes a record of its parts.
  public init(
    margin: Double, ci95: ConfidenceInterval, seeds: Int, isNotWorse: Bool, isEquivalent: Bool, notWorseP: Double,
    equivalenceP: Double, documentsNeeded: Int?, seedsNeeded: Int?
  ) {
    self.margin = margin
    self.ci95 = ci95
    self.seeds = seeds
    self.isNotWorse = isNotWorse
    self.isEquivalent = isEquivalent
    self.notWorseP = notWorseP
    self.equivalenceP = equivalenceP
    self.documentsNeeded = documentsNeeded
    self.seedsNeeded = seedsNeeded
  }
}
