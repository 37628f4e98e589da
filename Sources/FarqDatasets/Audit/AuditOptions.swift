/// What an audit looks for.
public struct AuditOptions: Sendable, Codable, Equatable {
  /// The Jaccard similarity of runs of three words from which two texts are near duplicates.
  public var nearThreshold: Double
  /// The length in tokens from which a model cuts.
  public var tokenLimit: Int
  /// The most examples of each finding.
  public var exampleLimit: Int

  /// Makes options.
  public init(nearThreshold: Double = 0.8, tokenLimit: Int = 512, exampleLimit: Int = 10) {
    self.nearThreshold = nearThreshold
    self.tokenLimit = tokenLimit
    self.exampleLimit = exampleLimit
  }
}
