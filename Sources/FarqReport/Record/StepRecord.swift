/// What was measured at one optimiser step.
public struct StepRecord: Codable, Sendable, Equatable {
  /// The step, counted from 1.
  public var step: Int
  /// Epochs done, as a fraction.
  @Measured public var epoch: Double
  /// The mean loss of the step’s batch.
  @Measured public var loss: Double
  /// The learning rate of the step.
  @Measured public var learningRate: Double
  /// The norm of all gradients before clipping.
  @Measured public var gradientNorm: Double
  /// Training speed.
  @Measured public var documentsPerSecond: Double

  private enum CodingKeys: String, CodingKey {
    case step
    case epoch
    case loss
    case learningRate = "learning_rate"
    case gradientNorm = "gradient_norm"
    case documentsPerSecond = "documents_per_second"
  }

  /// Makes a record of its parts.
  public init(
    step: Int, epoch: Double = 0, loss: Double, learningRate: Double = .nan, gradientNorm: Double = .nan,
    documentsPerSecond: Double = .nan
  ) {
    self.step = step
    self.epoch = epoch
    self.loss = loss
    self.learningRate = learningRate
    self.gradientNorm = gradientNorm
    self.documentsPerSecond = documentsPerSecond
  }
}
