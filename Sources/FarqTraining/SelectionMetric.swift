/// By what the best epoch is chosen.
public enum SelectionMetric: String, Sendable, Codable, CaseIterable {
  /// The share of right answers.
  case accuracy
  /// The mean over labels of F1.
  case macroF1 = "macro-f1"
  /// The mean cross-entropy; less is better.
  case loss
}
