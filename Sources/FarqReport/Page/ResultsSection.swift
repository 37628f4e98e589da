import FarqMetrics

/// The headline table.
struct ResultsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section.
  var markup: Markup {
    PageParts.section("results", "Results", [headline, footnote])
  }

  private var headline: Markup {
    let columns = [
      "Accuracy", "Macro F1", "Δ accuracy, points", "p", "Parameters", "Documents/s", "Memory", "Training",
    ]
    return PageTable(
      caption: "Results of every model",
      columns: [.init(title: "Model", isNumeric: false)] + columns.map { .init(title: $0) },
      rows: ConfigurationResult.all(of: report).map(cells), isCards: true
    ).markup
  }

  private func cells(_ result: ConfigurationResult) -> [Markup] {
    let entry = StyledModel(model: result.first, style: result.style)
    let difference = BaselineDifference(of: result.name, in: .accuracy, report: report)
    let speed = result.documentsPerSecond
    return [
      PageParts.name(result.name, style: result.style) + .tag("span", ["class": "summary"], Markup(entry.summary)),
      value(.accuracy, result), value(.macroF1, result),
      result.first.isBaseline ? .tag("span", ["class": "interval"], "baseline") : delta(difference),
      Markup(Formatted.probability(difference?.p ?? .nan)), Markup(Formatted.count(result.first.parameters)),
      Markup(speed.isFinite ? Formatted.fixed(speed, speed < 10 ? 1 : 0) : Formatted.undefined),
      Markup(Formatted.bytes(result.peakMemoryBytes)), Markup(Formatted.duration(result.trainSeconds)),
    ]
  }

  private func value(_ metric: HeadlineMetric, _ result: ConfigurationResult) -> Markup {
    let number = Markup.tag("b", [:], Markup(Formatted.metric(result.value(metric), of: metric)))
    let deviation = result.deviation(metric).map { Markup(" ± \(Formatted.fixed($0 * 100, 2))") } ?? .empty
    guard let interval = result.interval(metric) else { return number + deviation }
    return number + deviation
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
    let seeds = report.seedCount
    let spread =
      seeds > 1
      ? "Means over up to \(seeds) seeds ± their standard deviation; below: the 95\u{202F}% interval of the mean over seeds, or "
        + "over documents where there is one seed. "
      : "Below a number: its 95\u{202F}% interval. "
    return PageParts.paragraph(
      "On the \(split) split. " + spread
        + "Δ: difference to the baseline, with a paired bootstrap interval; p: exact McNemar "
        + "test, Holm-corrected where several pairs were tested; * claimed by both. Documents/s: training.")
  }
}
