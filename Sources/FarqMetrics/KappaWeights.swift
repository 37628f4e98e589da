/// How Cohen's κ weighs a disagreement: TorchMetrics' argument `weights`.
public enum KappaWeights: String, Sendable, Codable, CaseIterable {
  /// Every disagreement counts 1.
  case none
  /// By the distance of the labels.
  case linear
  /// By the squared distance of the labels.
  case quadratic

  func weight(_ row: Int, _ column: Int) -> Double {
    let distance = Double(abs(row - column))
    return switch self {
    case .none: row == column ? 0 : 1
    case .linear: distance
    case .quadratic: distance * distance
    }
  }
}
