import FarqCore
import FarqMetrics
import FarqReport

/// Compares every pair of model families of a run on the test split, over all their seeds.
struct ResultComparison {
  let results: [ModelResult]
  let seed: UInt64

  /// Differences of the headline metrics of each pair, with paired bootstrap intervals, exact McNemar tests of accuracy,
  /// and Holm's correction over the pairs.
  func comparisons() throws -> [FarqReport.ModelComparison] {
    let bootstrap = PairedBootstrap(seed: seed)
    let compared = try pairs.map { first, second in
      try FarqMetrics.ModelComparison(
        first.name, first.predictions, second.name, second.predictions, bootstrap: bootstrap)
    }
    return FarqMetrics.ModelComparison.corrected(compared).flatMap(records)
  }

  /// Mean, standard deviation and interval over the seeds of each family; none for a single seed.
  func seedSummaries() -> [FarqReport.SeedSummary] {
    families.filter { $0.predictions.count > 1 }.flatMap { family -> [FarqReport.SeedSummary] in
      let headlines = family.predictions.map { HeadlineMetrics($0) }
      return HeadlineMetric.allCases.compactMap { metric -> FarqReport.SeedSummary? in
        let values = headlines.compactMap { $0[metric] }
        guard values.count == headlines.count else { return nil }
        let summary = SeedSummary(values)
        return FarqReport.SeedSummary(
          configuration: family.name, metric: metric.rawValue, seeds: summary.values.count, mean: summary.mean,
          standardDeviation: summary.standardDeviation ?? .nan, ci95: Self.interval(summary.interval))
      }
    }
  }

  private typealias SeedSummary = FarqMetrics.SeedSummary

  private struct Family {
    let name: String
    let predictions: [Predictions]
  }

  private var families: [Family] {
    var names: [String] = []
    for result in results where !names.contains(result.family) { names.append(result.family) }
    return names.map { name in
      Family(name: name, predictions: results.filter { $0.family == name }.map(\.predictions))
    }
  }

  /// Every pair, in the order of the run; a model with one seed is paired with every seed of another.
  private var pairs: [(Family, Family)] {
    let families = families
    let seeds = families.map(\.predictions.count).max() ?? 1
    let filled = families.map { family in
      family.predictions.count == 1
        ? Family(name: family.name, predictions: Array(repeating: family.predictions[0], count: seeds)) : family
    }
    return filled.indices.flatMap { first in
      filled.indices.dropFirst(first + 1).map { (filled[first], filled[$0]) }
    }.filter { $0.0.predictions.count == $0.1.predictions.count }
  }

  private func records(_ comparison: FarqMetrics.ModelComparison) -> [FarqReport.ModelComparison] {
    comparison.differences.map { difference in
      FarqReport.ModelComparison(
        a: comparison.first, b: comparison.second, metric: difference.metric.rawValue, delta: difference.delta,
        ci95: Self.interval(difference.interval), mcnemarP: comparison.mcNemar.pValue,
        mcnemarPHolm: comparison.adjustedPValue, pooledSeeds: comparison.seedCount > 1 ? comparison.seedCount : nil)
    }
  }

  private static func interval(_ interval: Interval?) -> ConfidenceInterval {
    ConfidenceInterval(lower: interval?.lower ?? .nan, upper: interval?.upper ?? .nan)
  }
}
