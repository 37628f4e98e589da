/// How per-class values become one: TorchMetrics' argument `average`.
public enum Average: String, Sendable, Codable, CaseIterable {
  /// Counts are summed over the classes first, the formula is applied once.
  case micro
  /// Plain mean of the classes' values; a class that is neither in the targets nor in the predictions is left out.
  case macro
  /// Mean of the classes' values, weighted by support (how often a class is a target).
  case weighted
  /// One value a class.
  case none
}
