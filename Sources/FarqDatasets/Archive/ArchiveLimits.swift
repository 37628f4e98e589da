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

  /// What is too much about `unpacked` bytes that came out of `packed()`; nil where nothing is.
  func excess(unpacked: Int, packed: () -> Int) -> String? {
    guard unpacked <= totalBytes else { return "it unpacks to more than \(totalBytes) bytes" }
    guard unpacked > ratioFrom, unpacked / max(packed(), 1) >= ratio else { return nil }
    return "it unpacks to more than \(ratio) times its size, as archives made to do harm do"
  }
}
