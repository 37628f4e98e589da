/// What is replaced: whole layers, or some heads of every layer.
public enum AttentionGranularity: String, Sendable, Codable, CaseIterable {
  /// Whole layers are differential.
  case layers
  /// In every layer the first heads are differential, the others standard.
  case heads
}
