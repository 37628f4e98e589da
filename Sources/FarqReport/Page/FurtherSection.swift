import FarqMetrics

/// All headline metrics, a row a model, and over several seeds.
struct FurtherSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where there is neither.
  var markup: Markup {
    let tables = [seeds, models].compactMap { $0 }
    return tables.isEmpty ? .empty : PageParts.section("metrics", "All headline metrics", tables)
  }

  /// Mean ± standard deviation of each configuration, with the interval of the mean below.
  private var seeds: Markup? {
    let results = ConfigurationResult.all(of: report).filter { $0.models.count > 1 }
    let metrics = HeadlineMetric.allCases.filter { metric in results.contains { $0.deviation(metric) != nil } }
    guard !metrics.isEmpty else { return nil }
    let rows = results.map { result in
      [
        PageParts.name(result.name, style: result.style)
          + .tag("span", ["class": "summary"], Markup("\(result.models.count) seeds"))
      ] + metrics.map { cell(result, $0) }
    }
    let table = table("Over seeds: mean ± standard deviation, 95 % interval of the mean", metrics, rows)
    let note = PageParts.paragraph(
      "The interval (Student’s t) speaks of other seeds of the same training, not of other documents; of two or three "
        + "seeds it is wide.")
    return table + note
  }

  private func cell(_ result: ConfigurationResult, _ metric: HeadlineMetric) -> Markup {
    let factor = metric.isShare ? 100.0 : 1
    func number(_ value: Double) -> String { Formatted.fixed(value * factor, metric.isShare ? 2 : 4) }
    let value = Markup("\(number(result.value(metric))) ± \(number(result.deviation(metric) ?? .nan))")
    guard let interval = result.interval(metric) else { return value }
    return value + PageParts.interval(number(interval.lower), number(interval.upper))
  }

  private var models: Markup? {
    let models = StyledModel.all(of: report)
    let metrics = HeadlineMetric.allCases.filter { metric in
      models.contains { metric.value(in: $0.model.metrics) != nil }
    }
    guard !metrics.isEmpty else { return nil }
    let rows = models.map { entry in
      [entry.name] + metrics.map { Markup(Formatted.metric($0.value(in: entry.model.metrics) ?? .nan, of: $0)) }
    }
    return table("On the same split, model by model", metrics, rows)
  }

  private func table(_ caption: String, _ metrics: [HeadlineMetric], _ rows: [[Markup]]) -> Markup {
    let columns = metrics.map { PageTable.Column(title: $0.title) }
    return PageTable(
      caption: caption, hidesCaption: false, columns: [.init(title: "Model", isNumeric: false)] + columns, rows: rows,
      isCards: true, isWide: true
    ).markup
  }
}
