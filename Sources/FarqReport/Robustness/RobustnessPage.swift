/// The page of `farq robustness`: one file that needs no script, no network and no other file.
public struct RobustnessPage: Sendable {
  private let report: RobustnessReport

  /// The page of a report.
  public init(_ report: RobustnessReport) { self.report = report }

  /// The page, well-formed as HTML and as XML.
  public var html: String {
    let body = Markup.tag(
      "body", [:], header, .tag("main", [:], [scores, differences, definitions].filter { $0 != .empty }), footer)
    return PageParts.document("Robustness", styles: [ReportStyle.sheet], body)
  }

  private var models: [String] { report.conditions.first?.scores.map(\.model) ?? [] }

  private var header: Markup {
    .tag(
      "header", [:],
      .tag("p", ["class": "brand"], "Farq ", .tag("span", ["lang": "ar", "dir": "rtl"], "فرق")),
      .tag("h1", [:], "How models do on other texts"),
      .tag(
        "p", ["class": "facts"], .tag("bdi", [:], Markup(report.data)),
        Markup(" · \(models.count) model\(models.count == 1 ? "" : "s") · seed \(report.seed)")))
  }

  private var scores: Markup {
    let surest = "Surest \(Formatted.percent(report.coverage, 0))"
    let columns =
      [PageTable.Column(title: "Texts", isNumeric: false), .init(title: "Model", isNumeric: false)]
      + ["Documents", "Accuracy", "Lost", "Macro F1", "Calibration error", surest].map { .init(title: $0) }
    let rows = report.conditions.flatMap { condition in
      condition.scores.map { score -> [Markup] in
        [
          Markup(condition.name), PageParts.name(score.model, style: models.firstIndex(of: score.model) ?? 0),
          Markup(Formatted.integer(condition.documents)),
          Markup(Formatted.percent(score.accuracy))
            + PageParts.interval(Formatted.percent(score.ci95.lower), Formatted.percent(score.ci95.upper)),
          Markup(report.loss(score, under: condition).map { Formatted.points($0) } ?? ""),
          Markup(Formatted.percent(score.macroF1)), Markup(Formatted.percent(score.calibrationError)),
          Markup(Formatted.percent(score.selectiveAccuracy)),
        ]
      }
    }
    return PageParts.section(
      "scores", "Scores",
      [
        PageParts.paragraph(
          "Accuracy with Wilson’s 95 % interval; what a model lost against its own accuracy on the clean texts, in points; "
            + "calibration error over 15 bins; the accuracy on the documents that the model is surest of."),
        PageTable(caption: "Scores of each model under each condition", columns: columns, rows: rows, isCards: true)
          .markup,
      ])
  }

  private var differences: Markup {
    let rows = report.conditions.flatMap { condition in
      condition.differences.map { difference in
        IntervalChart.Row(
          label: models.count > 2 ? "\(condition.name): \(difference.b)" : condition.name, value: difference.delta,
          interval: difference.ci95, style: models.firstIndex(of: difference.b) ?? 0)
      }
    }
    guard let first = models.first, !rows.isEmpty else { return .empty }
    let chart = IntervalChart(
      id: "differences-chart", title: "Difference to \(first) in accuracy", xTitle: "Percentage points", factor: 100,
      rows: rows)
    return PageParts.section(
      "differences", "Differences to \(first)",
      [
        PageParts.paragraph(
          "Accuracy less that of \(first) on the same texts, with 95 % intervals of a paired bootstrap over documents."),
        PageParts.figure(Markup(chart.title), chart.markup),
        PageTable(
          caption: "Differences with tests",
          columns: [.init(title: "Texts", isNumeric: false), .init(title: "Model", isNumeric: false)]
            + ["Points", "p", "p (Holm)"].map { .init(title: $0) },
          rows: report.conditions.flatMap { condition in
            condition.differences.map { difference in
              [
                Markup(condition.name), PageParts.name(difference.b, style: models.firstIndex(of: difference.b) ?? 0),
                Markup(Formatted.points(difference.delta))
                  + PageParts.interval(Formatted.points(difference.ci95.lower), Formatted.points(difference.ci95.upper)),
                Markup(Formatted.probability(difference.mcnemarP)),
                Markup(Formatted.probability(difference.mcnemarPHolm)),
              ]
            }
          }, isCards: true
        ).markup,
      ])
  }

  private var definitions: Markup {
    PageParts.section(
      "definitions", "What was done to the texts", [PageParts.terms(report.conditions.map { ($0.name, $0.summary) })])
  }

  private var footer: Markup {
    .tag(
      "footer", [:],
      PageParts.paragraph(
        "Written by Farq \(report.farqVersion). The numbers are in robustness.json and robustness.csv; docs/robustness.md defines "
          + "the corruptions."))
  }
}
