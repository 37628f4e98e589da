/// The metrics that a report puts first, with the keys under which they may stand in `metrics`.
public enum HeadlineMetric: String, CaseIterable, Codable, Sendable {
  /// The share of right answers.
  case accuracy
  /// The mean over labels of F1.
  case macroF1 = "macro_f1"
  /// The mean of F1 weighted by support.
  case weightedF1 = "weighted_f1"
  /// Matthews' correlation.
  case matthews = "matthews_correlation"
  /// Cohen's kappa.
  case kappa = "cohen_kappa"
  /// The expected calibration error.
  case calibrationError = "calibration_error"
  /// The mean cross-entropy.
  case loss

  /// What a reader calls it.
  public var title: String {
    switch self {
    case .accuracy: "Accuracy"
    case .macroF1: "Macro F1"
    case .weightedF1: "Weighted F1"
    case .matthews: "Matthews correlation"
    case .kappa: "Cohen’s κ"
    case .calibrationError: "Calibration error"
    case .loss: "Loss"
    }
  }

  /// Whether it is a share of 1 and shown in percent.
  public var isShare: Bool {
    switch self {
    case .accuracy, .macroF1, .weightedF1, .calibrationError: true
    case .matthews, .kappa, .loss: false
    }
  }

  /// Whether more is better.
  public var higherIsBetter: Bool {
    self != .calibrationError && self != .loss
  }

  /// Its value in `metrics`: under its own key, else under TorchMetrics' name; nil where it is not there.
  public func value(in metrics: [String: MetricValue]) -> Double? {
    if let number = metrics[rawValue]?.number { return number }
    guard let (name, average) = torchMetrics, let value = metrics[name] else { return nil }
    if let number = value.number { return number }
    guard let average, case .named(let averages) = value else { return nil }
    return averages[average]?.number
  }

  /// TorchMetrics' name and average.
  private var torchMetrics: (name: String, average: String?)? {
    switch self {
    case .accuracy: ("MulticlassAccuracy", "micro")
    case .macroF1: ("MulticlassF1Score", "macro")
    case .weightedF1: ("MulticlassF1Score", "weighted")
    case .matthews: ("MulticlassMatthewsCorrCoef", nil)
    case .kappa: ("MulticlassCohenKappa", nil)
    case .calibrationError: ("MulticlassCalibrationError", nil)
    case .loss: nil
    }
  }
}
