/// The headline table, the differences to the baseline, and what can be claimed.
struct ResultsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section.
  var markup: Markup {
    let models = StyledModel.all(of: report)
    var content = [headline(models), footnote]
    let charts = [HeadlineMetric.accuracy, .macroF1].compactMap { chart($0, models) }
    if !charts.isEmpty { content.append(PageParts.grid(charts)) }
    content += [seeds, further(models)].compactMap { $0 }
    return PageParts.section("results", "Results", content)
  }

  private func headline(_ models: [StyledModel]) -> Markup {
    let columns = [
      "Accuracy", "Macro F1", "Δ accuracy, points", "p", "Parameters", "Documents/s", "Memory", "Training",
    ]
    return PageTable(
      caption: "Results of every model",
      columns: [.init(title: "Model", isNumeric: false)] + columns.map { .init(title: $0) },
      rows: models.map(cells), isCards: true
    ).markup
  }

  private func cells(_ entry: StyledModel) -> [Markup] {
    let model = entry.model
    let difference = BaselineDifference(of: model, in: .accuracy, report: report)
    let speed = model.documentsPerSecond
    return [
      entry.name + .tag("span", ["class": "summary"], Markup(entry.summary)),
      value(.accuracy, model), value(.macroF1, model),
      model.isBaseline ? .tag("span", ["class": "interval"], "baseline") : delta(difference),
      Markup(Formatted.probability(difference?.p ?? .nan)),
      Markup(Formatted.count(model.parameters)),
      Markup(speed.isFinite ? Formatted.fixed(speed, speed < 10 ? 1 : 0) : Formatted.undefined),
      Markup(Formatted.bytes(model.peakMemoryBytes)), Markup(Formatted.duration(model.trainSeconds)),
    ]
  }

  private func value(_ metric: HeadlineMetric, _ model: ModelReport) -> Markup {
    let number = Markup.tag("b", [:], Markup(Formatted.metric(metric.value(in: model.metrics) ?? .nan, of: metric)))
    guard let interval = model.intervals[metric.rawValue], interval.lower.isFinite else { return number }
    return number
      + PageParts.interval(Formatted.fixed(interval.lower * 100, 2), Formatted.fixed(interval.upper * 100, 2))
  }

  private func delta(_ difference: BaselineDifference?) -> Markup {
    guard let difference else { return Markup(Formatted.undefined) }
    let mark = difference.isSignificant(in: .accuracy) ? " *" : ""
    let number = Markup.tag("b", [:], Markup(Formatted.points(difference.delta) + mark))
    let interval = difference.interval
    return number + PageParts.interval(Formatted.points(interval.lower), Formatted.points(interval.upper))
  }

  private var footnote: Markup {
    let split = Set(report.models.map(\.evaluatedSplit)).sorted().joined(separator: ", ")
    return PageParts.paragraph(
      "On the \(split) split. Below a number: its 95\u{202F}% interval. Δ: difference to the baseline, with a paired "
        + "bootstrap interval; p: exact McNemar test, Holm-corrected where several pairs were tested; "
        + "* claimed by both. Documents/s: training.")
  }

  private func chart(_ metric: HeadlineMetric, _ models: [StyledModel]) -> Markup? {
    let rows: [IntervalChart.Row] = models.compactMap { entry in
      guard let found = BaselineDifference(of: entry.model, in: metric, report: report), found.delta.isFinite else {
        return nil
      }
      return IntervalChart.Row(
        label: entry.model.name, value: found.delta, interval: found.interval, style: entry.style)
    }
    guard !rows.isEmpty else { return nil }
    let title = "\(metric.title): difference to the baseline"
    let chart = IntervalChart(
      id: "delta-\(metric.rawValue)", title: title, xTitle: "percentage points", factor: 100, rows: rows)
    return PageParts.figure(Markup(title), chart.markup)
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
      caption: "Over seeds", hidesCaption: false, columns: words + names.map { .init(title: $0) }, rows: rows)
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
      caption: "Further metrics", hidesCaption: false,
      columns: [.init(title: "Model", isNumeric: false)] + metrics.map { .init(title: $0.title) }, rows: rows
    ).markup
  }
}
