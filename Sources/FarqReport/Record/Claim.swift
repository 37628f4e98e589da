/// A sentence about what the run shows, and whether it may be claimed.
public struct Claim: Codable, Sendable, Equatable {
  /// Whether the run supports the statement, does not, or must be read with care.
  public var kind: ClaimKind
  /// The sentence.
  public var statement: String

  private enum CodingKeys: String, CodingKey {
    case kind
    case statement
  }

  /// Makes a record of its parts.
  public init(
    kind: ClaimKind, statement: String
  ) {
    self.kind = kind
    self.statement = statement
  }
}
