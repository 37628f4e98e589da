import FarqCore
import FarqMetrics
import FarqReport

/// Compares every pair of model families of a run on the test split, over all their seeds.
struct ResultComparison {
  let results: [ModelResult]
  let seed: UInt64

  /// Differences of the headline metrics of each pair, with paired bootstrap intervals, exact McNemar tests of accuracy,
  /// and Holm's correction over the pairs.
  func comparisons() throws -> [ModelComparison] {
    let pairs = self.pairs
    let tests = try pairs.map { try McNemar.pooled($0.first.predictions, $0.second.predictions).pValue }
    let corrected = Holm.adjusted(tests)
    return try pairs.indices.flatMap { index in
      try compare(pairs[index], p: tests[index], corrected: corrected[index])
    }
  }

  /// Mean, standard deviation and interval over the seeds of each family; none for a single seed.
  func seedSummaries() -> [FarqReport.SeedSummary] {
    families.filter { $0.results.count > 1 }.flatMap { family in
      Self.metrics.compactMap { metric -> FarqReport.SeedSummary? in
        let values = family.results.compactMap { metric.value($0.predictions.confusionMatrix()) }
        guard let summary = SSum(values) else { return nil }
        return FarqReport.SeedSummary(
          configuration: family.name, metric: metric.rawValue, seeds: values.count, mean: summary.mean,
          standardDeviation: summary.standardDeviation,
          ci95: ConfidenceInterval(lower: summary.interval.lower, upper: summary.interval.upper))
      }
    }
  }

  private static let metrics: [FarqMetrics.HeadlineMetric] = [
    .accuracy, .macroF1, .balancedAccuracy, .matthewsCorrelation, .cohenKappa,
  ]

  private struct Family {
    let name: String
    let results: [ModelResult]
    var predictions: [Predictions] { results.map(\.predictions) }
  }

  private var families: [Family] {
    var names: [String] = []
    for result in results where !names.contains(result.configuration.family) { names.append(result.configuration.family) }
    return names.map { name in Family(name: name, results: results.filter { $0.configuration.family == name }) }
  }

  /// Every pair, in the order of the run; families of different seeds are not paired.
  private var pairs: [(first: Family, second: Family)] {
    let families = families
    return families.indices.flatMap { first in
      families.indices.dropFirst(first + 1).map { (families[first], families[$0]) }
    }.filter { $0.first.results.count == $0.second.results.count }
  }

  private func compare(
    _ pair: (first: Family, second: Family), p: Double, corrected: Double
  ) throws -> [ModelComparison] {
    let bootstrap = PairedBootstrap(seed: seed, resamples: 2000)
    let differences = try bootstrap.differences(
      of: Self.metrics, pair.first.predictions, pair.second.predictions)
    return differences.map { difference in
      ModelComparison(
        a: pair.first.name, b: pair.second.name, metric: difference.metric.rawValue, delta: difference.delta,
        ci95: ConfidenceInterval(lower: difference.interval.lower, upper: difference.interval.upper), mcnemarP: p,
        mcnemarPHolm: corrected, pooledSeeds: pair.first.results.count > 1 ? pair.first.results.count : nil)
    }
  }
}
