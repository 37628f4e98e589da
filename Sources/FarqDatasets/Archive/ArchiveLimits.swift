/// What an archive may hold; more is taken for an attack and refused.
public struct ArchiveLimits: Sendable, Equatable, Codable {
  /// The most members, folders included.
  public var members: Int
  /// The most bytes in all, unpacked.
  public var totalBytes: Int
  /// The most unpacked bytes for each packed byte, once ``ratioFrom`` bytes are unpacked.
  public var ratio: Int
  /// Unpacked bytes below which the ratio is not looked at, since little text may pack very well.
  public var ratioFrom: Int

  /// Makes limits; the defaults leave room for data many times the size of SANAD.
  public init(
    members: Int = 500_000, totalBytes: Int = 64 << 30, ratio: Int = 100, ratioFrom: Int = 32 << 20
  ) {
    self.members = members
    self.totalBytes = totalBytes
    self.ratio = ratio
    self.ratioFrom = ratioFrom
  }
}
