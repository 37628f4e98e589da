/// What a cleaning step removed before training.
public struct CleaningRecord: Codable, Sendable, Equatable {
  /// `strip-markers`, `drop-duplicates` or `drop-leaks`.
  public var step: String
  /// The step in one line.
  public var summary: String
  /// Documents removed, by split.
  public var removed: [String: Int]
  /// Documents whose text was changed.
  public var changed: Int
  /// The data's fingerprint before the step.
  public var fingerprintBefore: String
  /// The data's fingerprint after the step.
  public var fingerprintAfter: String

  private enum CodingKeys: String, CodingKey {
    case step
    case summary
    case removed
    case changed
    case fingerprintBefore = "fingerprint_before"
    case fingerprintAfter = "fingerprint_after"
  }

  /// Makes a record of its parts.
  public init(
    step: String, summary: String, removed: [String: Int], changed: Int, fingerprintBefore: String,
    fingerprintAfter: String
  ) {
    self.step = step
    self.summary = summary
    self.removed = removed
    self.changed = changed
    self.fingerprintBefore = fingerprintBefore
    self.fingerprintAfter = fingerprintAfter
  }
}
