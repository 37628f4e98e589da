/// What the cells of a confusion matrix are divided by: TorchMetrics' `normalize`.
public enum ConfusionMatrixNormalization: String, Sendable, Codable, CaseIterable {
  /// Nothing: counts.
  case none
  /// The row's sum: shares of each target.
  case target = "true"
  /// The column's sum: shares of each prediction.
  case prediction = "pred"
  /// The sum of all cells.
  case all
}
