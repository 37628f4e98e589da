import Foundation

/// What a classifier says of one text.
public struct Classification: Sendable, Equatable {
  /// The most probable label.
  public let label: String
  /// Its probability.
  public let score: Double
  /// The index of the label.
  public let index: Int
  /// The probability of each label, in the order of the labels.
  public let probabilities: [Double]
  /// The logits, in the order of the labels.
  public let logits: [Float]

  /// The tokens of the whole text; 0 where they were not counted.
  public let tokenCount: Int
  /// Whether tokens were left out.
  public let isCut: Bool

  /// From one row of logits; the first of equal logits wins, as torch's argmax.
  public init(logits: [Float], labels: [String], tokenCount: Int = 0, isCut: Bool = false) {
    self.tokenCount = tokenCount
    self.isCut = isCut
    let probabilities = Self.softmax(logits)
    let best = logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    self.logits = logits
    self.probabilities = probabilities
    index = best
    label = labels.indices.contains(best) ? labels[best] : String(best)
    score = probabilities.indices.contains(best) ? probabilities[best] : .nan
  }

  /// softmax in double precision.
  public static func softmax(_ logits: [Float]) -> [Double] {
    let top = Double(logits.max() ?? 0)
    let powers = logits.map { exp(Double($0) - top) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
