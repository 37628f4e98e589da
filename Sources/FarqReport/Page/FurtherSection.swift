/// Metrics beside the headline ones, and metrics over several seeds.
struct FurtherSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where there is neither.
  var markup: Markup {
    let tables = [seeds, further(StyledModel.all(of: report))].compactMap { $0 }
    return tables.isEmpty ? .empty : PageParts.section("metrics", "Further metrics", tables)
  }

  private var seeds: Markup? {
    guard !report.seedSummaries.isEmpty else { return nil }
    let rows: [[Markup]] = report.seedSummaries.map { summary in
      let metric = HeadlineMetric(rawValue: summary.metric)
      func number(_ value: Double) -> Markup {
        Markup(metric.map { Formatted.metric(value, of: $0) } ?? Formatted.fixed(value, 4))
      }
      return [
        PageParts.label(summary.configuration), Markup(metric?.title ?? summary.metric), Markup("\(summary.seeds)"),
        number(summary.mean), number(summary.standardDeviation), number(summary.ci95.lower), number(summary.ci95.upper),
      ]
    }
    let names = ["Seeds", "Mean", "Standard deviation", "95\u{202F}% from", "to"]
    let words = [PageTable.Column(title: "Configuration", isNumeric: false), .init(title: "Metric", isNumeric: false)]
    let table = PageTable(
      caption: "Over seeds", hidesCaption: false, columns: words + names.map { .init(title: $0) }, rows: rows,
      isCards: true)
    return table.markup
  }

  private func further(_ models: [StyledModel]) -> Markup? {
    let metrics = [HeadlineMetric.weightedF1, .matthews, .kappa, .calibrationError, .loss].filter { metric in
      models.contains { metric.value(in: $0.model.metrics) != nil }
    }
    guard !metrics.isEmpty else { return nil }
    let rows = models.map { entry in
      [entry.name] + metrics.map { Markup(Formatted.metric($0.value(in: entry.model.metrics) ?? .nan, of: $0)) }
    }
    return PageTable(
      caption: "On the same split", hidesCaption: report.seedSummaries.isEmpty,
      columns: [.init(title: "Model", isNumeric: false)] + metrics.map { .init(title: $0.title) }, rows: rows,
      isCards: true
    ).markup
  }
}
