import FarqCore
import FarqMetrics
public import FarqReport
public import Foundation

/// Compares every pair of model families of a run on the test split, over all their seeds.
struct ResultComparison {
  let results: [ModelResult]
  let seed: UInt64
  /// The margin that pairs are held against, as a share; nil for none.
  var margin: Double?

  /// Differences of the headline metrics of each pair, with paired bootstrap intervals, exact McNemar tests of accuracy,
  /// and Holm's correction over the pairs.
  func comparisons() throws -> [FarqReport.ModelComparison] {
    let bootstrap = PairedBootstrap(seed: seed)
    let pairs = pairs
    let compared = try pairs.map { first, second in
      try FarqMetrics.ModelComparison(
        first.name, first.predictions, second.name, second.predictions, bootstrap: bootstrap)
    }
    let margins = try pairs.map { first, second in
      try margin.map { try MarginTest(first.predictions, second.predictions, margin: $0, bootstrap: bootstrap) }
    }
    return zip(FarqMetrics.ModelComparison.corrected(compared), margins).flatMap(records)
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

  private func records(
    _ comparison: FarqMetrics.ModelComparison, _ margin: MarginTest?
  ) -> [FarqReport.ModelComparison] {
    comparison.differences.map { difference in
      FarqReport.ModelComparison(
        a: comparison.first, b: comparison.second, metric: difference.metric.rawValue, delta: difference.delta,
        ci95: Self.interval(difference.interval), mcnemarP: comparison.mcNemar.pValue,
        mcnemarPHolm: comparison.adjustedPValue, pooledSeeds: comparison.seedCount > 1 ? comparison.seedCount : nil,
        margin: difference.metric == .accuracy ? margin.map(Self.record) : nil)
    }
  }

  private static func record(_ test: MarginTest) -> MarginRecord {
    MarginRecord(
      margin: test.margin, ci95: interval(test.interval), seeds: test.seedCount, isNotWorse: test.isNotWorse,
      isEquivalent: test.isEquivalent, notWorseP: test.notWorseP, equivalenceP: test.equivalenceP,
      documentsNeeded: test.documentsNeeded, seedsNeeded: test.seedsNeeded)
  }

  private static func interval(_ interval: Interval?) -> ConfidenceInterval {
    ConfidenceInterval(lower: interval?.lower ?? .nan, upper: interval?.upper ?? .nan)
  }
}

extension RunReport {
  /// The report with its models held against `margin`, a share, by the predictions in the run folder.
  ///
  /// - Throws: ``FarqError`` `missingInput` where the folder has no predictions of two models.
  public func holding(margin: Double, folder: URL) throws -> RunReport {
    let results = try ResultArchive(folder: RunFolder(folder)).results(of: self)
    guard results.count > 1 else {
      throw FarqError(
        .missingInput, "\(folder.path) has no predictions of two models: a margin needs the folder that the run wrote")
    }
    let comparison = ResultComparison(results: results, seed: environment.seed ?? 0, margin: margin)
    var report = self
    report.claims = []
    let margins = try comparison.comparisons().filter { $0.margin != nil }
    for index in report.comparisons.indices {
      let old = report.comparisons[index]
      report.comparisons[index].margin =
        margins.first { $0.a == old.a && $0.b == old.b && $0.metric == old.metric }?.margin
    }
    return report
  }
}
