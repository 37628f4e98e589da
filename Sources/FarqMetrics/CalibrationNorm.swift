/// How the gaps of the bins become one number: TorchMetrics' `norm`.
public enum CalibrationNorm: String, Sendable, Codable, CaseIterable {
  /// Their mean by the bins' shares: the expected calibration error.
  case l1
  /// The root of the mean of their squares.
  case l2
  /// The greatest.
  case max
}
