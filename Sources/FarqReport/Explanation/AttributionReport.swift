/// How the attribution was worked out, and how complete it is.
public struct AttributionReport: Sendable, Codable, Equatable {
  /// The method's name.
  public var method: String
  /// log p − log (1 − p) of the label for the text.
  public var logOdds: Double
  /// The same for the text with every token neutral.
  public var neutralLogOdds: Double
  /// The neutral token.
  public var neutralToken: String
  /// The sum of the attributions; exactly the difference of the two log-odds if the integral were exact.
  public var sum: Double
  /// How far it is from that.
  public var error: Double
  /// Points of the integral.
  public var points: Int

  /// Makes the record.
  public init(
    method: String, logOdds: Double, neutralLogOdds: Double, neutralToken: String, sum: Double, error: Double,
    points: Int
  ) {
    self.method = method
    self.logOdds = logOdds
    self.neutralLogOdds = neutralLogOdds
    self.neutralToken = neutralToken
    self.sum = sum
    self.error = error
    self.points = points
  }

  enum CodingKeys: String, CodingKey {
    case method, sum, error, points
    case logOdds = "log_odds"
    case neutralLogOdds = "neutral_log_odds"
    case neutralToken = "neutral_token"
  }
}
