/// The headline table.
struct ResultsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section.
  var markup: Markup {
    let models = StyledModel.all(of: report)
    return PageParts.section("results", "Results", [headline(models), footnote])
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
}
