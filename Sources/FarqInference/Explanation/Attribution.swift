/// What each token of a text added to the log-odds of a label, log p − log (1 − p).
public struct Attribution: Sendable, Equatable {
  /// One number a token: positive ones spoke for the label, negative ones against it.
  public let tokens: [Double]
  /// The log-odds of the label for the text.
  public let logOdds: Double
  /// The log-odds for the text of neutral tokens that it is compared with.
  public let neutralLogOdds: Double
  /// How often the gradient was worked out.
  public let pointCount: Int

  /// The sum over the tokens; were the integral exact, it would be the difference of the two log-odds (completeness).
  public var sum: Double { tokens.reduce(0, +) }
  /// How far the sum is from that difference.
  public var error: Double { abs(sum - (logOdds - neutralLogOdds)) }
}
