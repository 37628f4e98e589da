import FarqMetrics

extension FarqMetrics.HeadlineMetric {
  /// The metric's name in reports.
  var reportName: String {
    switch self {
    case .matthewsCorrelation: "matthews_correlation"
    case .calibrationError: "calibration_error"
    default: rawValue
    }
  }
}
