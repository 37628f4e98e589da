import FarqMetrics

extension HeadlineMetric {
  /// Its value in a report's `metrics`: under its own name, else under TorchMetrics’; nil where it is not there.
  func value(in metrics: [String: MetricValue]) -> Double? {
    if let number = metrics[rawValue]?.number { return number }
    guard let (name, average) = torchMetrics, let value = metrics[name] else { return nil }
    if let number = value.number { return number }
    guard let average, case .named(let averages) = value else { return nil }
    return averages[average]?.number
  }

  /// TorchMetrics’ name and average.
  private var torchMetrics: (name: String, average: String?)? {
    switch self {
    case .accuracy: ("MulticlassAccuracy", "micro")
    case .macroF1: ("MulticlassF1Score", "macro")
    case .weightedF1: ("MulticlassF1Score", "weighted")
    case .balancedAccuracy: ("MulticlassAccuracy", "macro")
    case .matthewsCorrelation: ("MulticlassMatthewsCorrCoef", nil)
    case .cohenKappa: ("MulticlassCohenKappa", nil)
    case .calibrationError: ("MulticlassCalibrationError", nil)
    case .macroAUROC: ("MulticlassAUROC", "macro")
    case .logLoss: nil
    }
  }
}
