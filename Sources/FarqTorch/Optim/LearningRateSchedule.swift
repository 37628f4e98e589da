import Foundation

/// How the learning rate moves over a run, as transformers' `get_scheduler` does.
public struct LearningRateSchedule: Sendable, Codable, Equatable {
  /// The shapes after the warm-up.
  public enum Shape: String, Sendable, Codable, CaseIterable {
    /// Falls in a straight line to 0.
    case linear
    /// Falls along half a cosine to 0.
    case cosine
    /// Stays.
    case constant
  }

  /// The shape after the warm-up.
  public let shape: Shape
  /// Steps in which the rate rises from 0 in a straight line.
  public let warmupSteps: Int
  /// All steps of the run.
  public let totalSteps: Int

  /// - Parameter warmupRatio: the share of `totalSteps` for the warm-up, rounded up as transformers does.
  public init(shape: Shape, warmupRatio: Double, totalSteps: Int) {
    self.shape = shape
    self.totalSteps = totalSteps
    warmupSteps = Int((Double(totalSteps) * warmupRatio).rounded(.up))
  }

  /// The factor on the peak rate for the update number `step`, counted from 0.
  public func factor(at step: Int) -> Double {
    if step < warmupSteps { return Double(step) / Double(max(1, warmupSteps)) }
    let span = Double(max(1, totalSteps - warmupSteps))
    let progress = Double(step - warmupSteps) / span
    switch shape {
    case .constant: return 1
    case .linear: return max(0, Double(totalSteps - step) / span)
    case .cosine: return max(0, 0.5 * (1 + cos(.pi * progress)))
    }
  }
}
