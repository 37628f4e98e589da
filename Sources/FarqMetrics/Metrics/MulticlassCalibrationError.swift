import FarqCore

/// Calibration error: how far the highest probability is from the share of right predictions, over bins.
///
/// TorchMetrics' `MulticlassCalibrationError`. Needs scores.
public struct MulticlassCalibrationError: MulticlassMetric {
  /// The name in TorchMetrics.
  public static let name = "MulticlassCalibrationError"
  /// The confidences so far.
  public var state: CalibrationState
  /// The number of bins.
  public let binCount: Int
  /// How the bins' gaps become one number.
  public let norm: CalibrationNorm

  /// An empty metric with TorchMetrics' defaults.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, binCount: Int = 15, norm: CalibrationNorm = .l1, ignoreIndex: Int? = nil) throws {
    guard binCount >= 1 else {
      throw FarqError(.usage, "binCount is \(binCount); give at least 1")
    }
    self.binCount = binCount
    self.norm = norm
    state = try CalibrationState(classCount: classCount, ignoreIndex: ignoreIndex)
  }

  /// The value of everything accumulated so far.
  public func compute() -> MetricValue {
    .number(state.error(binCount: binCount, norm: norm))
  }
}
