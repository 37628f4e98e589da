import FarqCore

/// Paired bootstrap of the difference of two models on the same documents (Efron 1979; Koehn 2004): documents are drawn
/// with replacement, both models are measured on the same draw, and the percentiles of the differences are the interval.
///
/// With several seeds a document is drawn with all its seeds' predictions together, since they are not independent.
public struct PairedBootstrap: Sendable, Equatable, Codable {
  /// The seed of the draws: the same seed gives the same intervals.
  public var seed: UInt64
  /// Draws for metrics of predicted labels.
  public var resamples: Int
  /// Draws for metrics of scores, which take a pass over all documents each.
  public var scoreResamples: Int
  /// The share of the differences that the interval holds.
  public var confidence: Double

  /// A bootstrap.
  public init(seed: UInt64 = 0, resamples: Int = 10_000, scoreResamples: Int = 2_000, confidence: Double = 0.95) {
    self.seed = seed
    self.resamples = resamples
    self.scoreResamples = scoreResamples
    self.confidence = confidence
  }

  /// The differences of `metrics`, second minus first; those of labels first, then those of scores where both models have
  /// scores.
  ///
  /// - Parameters:
  ///   - first: the first model's predictions, one element a seed.
  ///   - second: the second model's predictions of the same documents, one element a seed.
  /// - Throws: ``FarqError`` `usage` where the documents differ, there are none, or the settings make no sense.
  public func differences(
    of metrics: [HeadlineMetric], _ first: [Predictions], _ second: [Predictions]
  ) throws -> [MetricDifference] {
    try check(first + second)
    var differences = labelDifferences(of: metrics.filter { !$0.needsScores }, first, second)
    if (first + second).allSatisfy(\.hasScores) {
      differences += scoreDifferences(of: metrics.filter(\.needsScores), first, second)
    }
    return differences
  }

  private func labelDifferences(
    of metrics: [HeadlineMetric], _ first: [Predictions], _ second: [Predictions]
  ) -> [MetricDifference] {
    let outcomes = JointOutcomes(first, second)
    let observed = outcomes.matrices()
    var generator = SeededGenerator(seed: seed)
    var drawn = [[Double]](repeating: [], count: metrics.count)
    for _ in 0..<(metrics.isEmpty ? 0 : resamples) {
      let (left, right) = outcomes.resample(using: &generator)
      for (index, metric) in metrics.enumerated() {
        if let a = metric.value(left), let b = metric.value(right) { drawn[index].append(b - a) }
      }
    }
    return zip(metrics, drawn).compactMap { metric, differences in
      guard let a = metric.value(observed.0), let b = metric.value(observed.1) else { return nil }
      return difference(metric, a, b, differences)
    }
  }

  private func scoreDifferences(
    of metrics: [HeadlineMetric], _ first: [Predictions], _ second: [Predictions]
  ) -> [MetricDifference] {
    guard let count = first.first?.count, !metrics.isEmpty else { return [] }
    let (left, right) = (ScoreResampler(first), ScoreResampler(second))
    var generator = SeededGenerator(seed: seed)
    var drawn = [[Double]](repeating: [], count: metrics.count)
    for _ in 0..<scoreResamples {
      let weights = Self.weights(documents: count, using: &generator)
      for (index, metric) in metrics.enumerated() {
        drawn[index].append(right.value(metric, weights) - left.value(metric, weights))
      }
    }
    let ones = [Int](repeating: 1, count: count)
    return zip(metrics, drawn).map { difference($0, left.value($0, ones), right.value($0, ones), $1) }
  }

  private func difference(
    _ metric: HeadlineMetric, _ first: Double, _ second: Double, _ drawn: [Double]
  ) -> MetricDifference {
    MetricDifference(
      metric: metric, first: first, second: second, delta: second - first,
      interval: Percentiles.interval(drawn, confidence: confidence), resamples: drawn.count)
  }

  func check(_ models: [Predictions]) throws {
    guard resamples > 0, scoreResamples > 0, 0 < confidence, confidence < 1 else {
      throw FarqError(.usage, "a bootstrap needs at least one resample and a confidence between 0 and 1")
    }
    guard let targets = models.first?.targets, !targets.isEmpty else {
      throw FarqError(.usage, "a bootstrap needs at least one document; give predictions")
    }
    guard models.allSatisfy({ $0.targets == targets && $0.classCount == models[0].classCount }) else {
      throw FarqError(.usage, "the models' predictions are not for the same documents; compare them on one split")
    }
  }
}
