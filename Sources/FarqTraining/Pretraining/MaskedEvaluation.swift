import Foundation

/// How well hidden words of held-out text are told.
public struct MaskedEvaluation: Sendable, Codable, Equatable {
  /// The mean cross-entropy of the hidden words, in nats.
  public let loss: Double
  /// The share of hidden words told right.
  public let accuracy: Double
  /// The number of hidden words.
  public let count: Int

  /// e to the loss: among how many equally likely words the model would have to guess.
  public var perplexity: Double { exp(loss) }
}
