import FarqMetrics

/// Every pair of models: the differences of all headline metrics with their intervals, and the test.
struct ComparisonsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no pair was compared.
  var markup: Markup {
    let metrics = HeadlineMetric.allCases.filter { metric in
      report.comparisons.contains { $0.metric == metric.rawValue }
    }
    guard !metrics.isEmpty else { return .empty }
    let columns = ["McNemar p", "p after Holm"] + metrics.map { "Δ " + Self.lowercased($0.title) }
    let table = PageTable(
      caption: "Differences of every pair of models",
      columns: [.init(title: "Pair", isNumeric: false)] + columns.map { .init(title: $0) },
      rows: Self.pairs(of: report).map { row($0, metrics) }, isCards: true, isWide: true)
    return PageParts.section("pairs", "Every pair", [table.markup, PageParts.paragraph(note)])
  }

  private var note: String {
    let seeds = report.pooledSeedCount
    let pooled =
      seeds > 1
      ? " Predictions of \(seeds) seeds are pooled: intervals draw a document with all its seeds, the test counts it once "
        + "a seed, which makes its p too small." : ""
    return
      "Δ is the first model minus the second, on the same documents, in points for percentages; below it the 95\u{202F}% "
      + "interval of a paired bootstrap; bold where that leaves out zero. Less is better for calibration error and log loss. "
      + "p is of accuracy; it alone is corrected for the number of pairs; intervals are corrected neither for pairs nor for metrics."
      + pooled + (report.comparisons.contains { $0.margin != nil } ? Self.marginNote : "")
  }

  private static let marginNote =
    " The second interval of accuracy is that over seeds and documents, which the margin is held against."

  /// Two models that were compared.
  private struct Pair: Hashable {
    let a: String
    let b: String
  }

  private static func pairs(of report: RunReport) -> [Pair] {
    var seen: Set<Pair> = []
    return report.comparisons.map { Pair(a: $0.a, b: $0.b) }.filter { seen.insert($0).inserted }
  }

  private func row(_ pair: Pair, _ metrics: [HeadlineMetric]) -> [Markup] {
    let members = report.comparisons.filter { $0.a == pair.a && $0.b == pair.b }
    let first = members.first
    let name = Markup.tag("bdi", [:], Markup(pair.b)) + " − " + .tag("bdi", [:], Markup(pair.a))
    return [
      name, Markup(Formatted.probability(first?.mcnemarP ?? .nan)),
      Markup(Formatted.probability(first?.mcnemarPHolm ?? .nan)),
    ]
      + metrics.map { metric in
        members.first { $0.metric == metric.rawValue }.map { cell($0, metric) } ?? Markup(Formatted.undefined)
      }
  }

  private func cell(_ comparison: ModelComparison, _ metric: HeadlineMetric) -> Markup {
    let number = Markup(Formatted.difference(comparison.delta, of: metric))
    let interval = comparison.ci95
    guard interval.lower.isFinite, interval.upper.isFinite else { return number }
    let margin = comparison.margin.map { margin in
      PageParts.interval(
        Formatted.difference(margin.ci95.lower, of: metric), Formatted.difference(margin.ci95.upper, of: metric))
    }
    return (interval.excludes(0) ? .tag("b", [:], number) : number)
      + PageParts.interval(
        Formatted.difference(interval.lower, of: metric), Formatted.difference(interval.upper, of: metric))
      + (margin ?? .empty)
  }

  /// A title within a phrase: names of people and abbreviations keep their capitals.
  private static func lowercased(_ title: String) -> String {
    title.hasPrefix("Matthews") || title.hasPrefix("Cohen") ? title : title.prefix(1).lowercased() + title.dropFirst()
  }
}
