/// How BERT's heads give the two maps of a differential head.
public enum AttentionPairing: String, Sendable, Codable, CaseIterable {
  /// Heads 2h and 2h + 1 are the two maps of one head with values of size 2d (the paper).
  case pair
  /// Each head's query and key are cut into two halves of d/2; the number of heads stays.
  case split
}
