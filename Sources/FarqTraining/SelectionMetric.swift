public import FarqMetrics

/// By what the best epoch is chosen.
public enum SelectionMetric: String, Sendable, Codable, CaseIterable {
  /// The share of right answers.
  case accuracy
  /// The mean over labels of F1.
  case macroF1 = "macro-f1"
  /// The mean cross-entropy; less is better.
  case loss

  /// The same metric in reports.
  public var headline: HeadlineMetric {
    switch self {
    case .accuracy: .accuracy
    case .macroF1: .macroF1
    case .loss: .logLoss
    }
  }
}
