/// What happens to targets with more than one position a sample, as in tagging: TorchMetrics' `multidim_average`.
public enum MultidimAverage: String, Sendable, Codable, CaseIterable {
  /// All positions of all samples count alike.
  case global
  /// One value a sample, over its positions.
  case samplewise
}
