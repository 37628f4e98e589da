/// What a run says about a statement.
public enum ClaimKind: String, Codable, Sendable {
  /// The run supports it.
  case supported
  /// The run does not show it.
  case unsupported
  /// It limits what the other statements are worth.
  case caution
}
