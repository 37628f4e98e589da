/// What was measured at the end of an epoch; epoch 0 is before the first step.
public struct EpochRecord: Codable, Sendable, Equatable {
  /// The epoch, counted from 1; 0 for the state before training.
  public var epoch: Int
  /// Optimiser steps done.
  public var step: Int
  /// The mean training loss of the epoch.
  @Measured public var trainLoss: Double
  /// Metrics by split (`validation`, `test`) and name (`accuracy`, `macro_f1`, `log_loss`, …).
  public var metrics: [String: [String: MetricValue]]
  /// λ of each differential layer.
  public var lambdas: [LayerLambda]

  private enum CodingKeys: String, CodingKey {
    case epoch
    case step
    case trainLoss = "train_loss"
    case metrics
    case lambdas
  }

  /// Makes a record of its parts.
  public init(
    epoch: Int, step: Int, trainLoss: Double = .nan, metrics: [String: [String: MetricValue]] = [:],
    lambdas: [LayerLambda] = []
  ) {
    self.epoch = epoch
    self.step = step
    self.trainLoss = trainLoss
    self.metrics = metrics
    self.lambdas = lambdas
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    epoch = try container.decode(Int.self, forKey: .epoch)
    step = try container.decode(Int.self, forKey: .step)
    _trainLoss = try container.decode(Measured.self, forKey: .trainLoss)
    metrics = try container.decodeIfPresent([String: [String: MetricValue]].self, forKey: .metrics) ?? [:]
    lambdas = try container.decodeIfPresent([LayerLambda].self, forKey: .lambdas) ?? []
  }
}
