import FarqCore
import Foundation

/// McNemar's exact test: do two models err on the same documents equally often? (McNemar 1947)
///
/// Only documents count that one model gets right and the other wrong; if the models are equally good, each such
/// document is a fair coin. The same as `statsmodels.stats.contingency_tables.mcnemar(exact=True)`.
public struct McNemar: Sendable, Equatable, Codable {
  /// Documents that only the first model gets right.
  public let onlyFirstRight: Int
  /// Documents that only the second model gets right.
  public let onlySecondRight: Int

  /// A test of given counts.
  public init(onlyFirstRight: Int, onlySecondRight: Int) {
    self.onlyFirstRight = max(0, onlyFirstRight)
    self.onlySecondRight = max(0, onlySecondRight)
  }

  /// A test of two models' predictions for the same documents.
  ///
  /// - Throws: ``FarqError`` `usage` where the documents' targets differ.
  public init(_ first: Predictions, _ second: Predictions) throws {
    guard first.targets == second.targets else {
      throw FarqError(.usage, "the two models' predictions are not for the same documents; compare them on one split")
    }
    var (onlyFirst, onlySecond) = (0, 0)
    for (index, target) in first.targets.enumerated() {
      let (firstRight, secondRight) = (first.labels[index] == target, second.labels[index] == target)
      if firstRight && !secondRight { onlyFirst += 1 }
      if secondRight && !firstRight { onlySecond += 1 }
    }
    self.init(onlyFirstRight: onlyFirst, onlySecondRight: onlySecond)
  }

  /// The two-sided exact p-value: min(1, 2·P(X ≤ min(b, c))), X ~ Binomial(b + c, ½); 1 where the models never differ.
  public var pValue: Double {
    let trials = onlyFirstRight + onlySecondRight
    let fewer = min(onlyFirstRight, onlySecondRight)
    guard trials > 0, 2 * fewer < trials else { return 1 }
    let (n, k) = (Double(trials), Double(fewer))
    // The largest term in logarithms, the smaller ones by their ratios: no overflow, no loss for many documents.
    let logOfWays: Double = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    var term: Double = exp(logOfWays - n * log(2.0))
    var sum = term
    var successes = k
    while successes > 0 && term > sum * 1e-18 {
      term *= successes / (n - successes + 1)
      sum += term
      successes -= 1
    }
    return min(1, 2 * sum)
  }
}
