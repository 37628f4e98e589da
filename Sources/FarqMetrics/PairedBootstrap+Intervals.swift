import FarqCore

extension PairedBootstrap {
  /// Percentile intervals of `metrics` of one model; those of scores only where it has scores.
  ///
  /// - Parameter runs: the model's predictions, one element a seed, all of the same documents.
  /// - Throws: ``FarqError`` `usage` where the documents differ, there are none, or the settings make no sense.
  public func intervals(of metrics: [HeadlineMetric], _ runs: [Predictions]) throws -> [HeadlineMetric: Interval] {
    try check(runs)
    var drawn = labelDraws(of: metrics.filter { !$0.needsScores }, runs)
    if runs.allSatisfy(\.hasScores) {
      drawn.merge(scoreDraws(of: metrics.filter(\.needsScores), runs)) { first, _ in first }
    }
    return drawn.mapValues { Percentiles.interval($0, confidence: confidence) }
  }

  private func labelDraws(of metrics: [HeadlineMetric], _ runs: [Predictions]) -> [HeadlineMetric: [Double]] {
    let outcomes = JointOutcomes(runs, [])
    var generator = SeededGenerator(seed: seed)
    var drawn: [HeadlineMetric: [Double]] = [:]
    for _ in 0..<(metrics.isEmpty ? 0 : resamples) {
      let matrix = outcomes.resample(using: &generator).0
      for metric in metrics { drawn[metric, default: []].append(metric.value(matrix) ?? .nan) }
    }
    return drawn
  }

  private func scoreDraws(of metrics: [HeadlineMetric], _ runs: [Predictions]) -> [HeadlineMetric: [Double]] {
    let model = ScoreResampler(runs)
    var generator = SeededGenerator(seed: seed)
    var drawn: [HeadlineMetric: [Double]] = [:]
    for _ in 0..<(metrics.isEmpty ? 0 : scoreResamples) {
      let weights = Self.weights(documents: runs.first?.count ?? 0, using: &generator)
      for metric in metrics { drawn[metric, default: []].append(model.value(metric, weights)) }
    }
    return drawn
  }

  /// How often each of `documents` is drawn, with replacement, in as many draws.
  static func weights(documents: Int, using generator: inout SeededGenerator) -> [Int] {
    var weights = [Int](repeating: 0, count: documents)
    for _ in 0..<documents { weights[generator.below(documents)] += 1 }
    return weights
  }
}
