/// What a cleaning step did, for the report.
public struct CleaningAccount: Sendable, Codable, Equatable {
  /// The step: `strip-markers`, `drop-duplicates`, `drop-leaks`.
  public var action: String
  /// Documents removed from each split (`train`, `validation`, `test`).
  public var removed: [String: Int] = [:]
  /// Documents whose text was changed.
  public var changed: Int = 0
  /// The first few removed or changed documents: where they came from.
  public var examples: [String] = []
  /// The fingerprint of the data before.
  public var fingerprintBefore: String
  /// The fingerprint of the data after.
  public var fingerprintAfter: String

  /// The account in one line.
  public var summary: String {
    let parts = Split.allCases.compactMap { split in
      removed[split.rawValue].map { "\($0) from \(split.rawValue)" }
    }
    let removal = parts.isEmpty ? "nothing removed" : "removed " + parts.joined(separator: ", ")
    return changed > 0
      ? "\(action): \(changed) text\(changed == 1 ? "" : "s") changed, \(removal)" : "\(action): \(removal)"
  }
}
