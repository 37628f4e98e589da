import FarqMetrics

/// The tables below the headline as plain text, for Markdown and LaTeX.
struct ReportTables: Sendable {
  /// A table: titles of the columns, and rows as long.
  struct Table: Sendable {
    /// What it shows.
    let title: String
    /// The titles of the columns.
    let header: [String]
    /// The cells.
    let rows: [[String]]
  }

  private let report: RunReport
  private let comparisons: [ModelComparison]
  private let summaries: [SeedSummary]

  /// The tables of `report`, with the rows of `metrics` alone.
  init(_ report: RunReport, metrics: [HeadlineMetric] = HeadlineMetric.allCases) {
    let names = Set(metrics.map(\.rawValue))
    self.report = report
    comparisons = report.comparisons.filter { names.contains($0.metric) }
    summaries = report.seedSummaries.filter { names.contains($0.metric) }
  }

  /// Differences of every pair; nil where none was compared.
  var pairs: Table? {
    guard !comparisons.isEmpty else { return nil }
    let rows = comparisons.map { comparison in
      let metric = HeadlineMetric(rawValue: comparison.metric)
      func number(_ value: Double) -> String { Formatted.difference(value, of: metric) }
      let interval = comparison.ci95
      // McNemar's test is of right and wrong answers, so of accuracy alone.
      let isTested = metric == .accuracy
      return [
        "\(comparison.b) − \(comparison.a)", metric?.title ?? comparison.metric, number(comparison.delta),
        "\(number(interval.lower)) to \(number(interval.upper))",
        Formatted.probability(isTested ? comparison.mcnemarP : .nan),
        Formatted.probability(isTested ? comparison.mcnemarPHolm : .nan),
      ]
    }
    let header = ["Pair", "Metric", "Δ", "95 % interval", "McNemar p", "p after Holm"]
    return Table(title: "Every pair", header: header, rows: rows)
  }

  /// Mean, deviation and interval over seeds; nil for one seed.
  var seeds: Table? {
    guard !summaries.isEmpty else { return nil }
    let rows = summaries.map { summary in
      let metric = HeadlineMetric(rawValue: summary.metric)
      func number(_ value: Double) -> String { Formatted.metric(value, of: metric) }
      return [
        summary.configuration, metric?.title ?? summary.metric, "\(summary.seeds)", number(summary.mean),
        number(summary.standardDeviation), "\(number(summary.ci95.lower)) to \(number(summary.ci95.upper))",
      ]
    }
    let header = ["Configuration", "Metric", "Seeds", "Mean", "Standard deviation", "95 % interval"]
    return Table(title: "Over seeds", header: header, rows: rows)
  }

  /// F1 of each label; nil where no model has it.
  var labels: Table? {
    let models = report.models.filter { !$0.labelScores.isEmpty }
    guard let first = models.first else { return nil }
    let rows = first.labelScores.map { scores in
      [scores.label, "\(scores.support)"]
        + models.map { model in
          Formatted.percent(model.labelScores.first { $0.label == scores.label }?.f1 ?? .nan)
        }
    }
    return Table(title: "F1 of each label", header: ["Label", "Documents"] + models.map(\.name), rows: rows)
  }
}
