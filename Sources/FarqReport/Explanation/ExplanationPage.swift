/// The page of `farq explain`: one file that needs no script, no network and no other file.
public struct ExplanationPage: Sendable {
  private let report: ExplanationReport
  private let text: ExplainedText

  /// The page of an explanation.
  public init(_ report: ExplanationReport) {
    self.report = report
    text = ExplainedText(report)
  }

  /// The page, well-formed as HTML and as XML.
  public var html: String {
    let main = Markup.tag(
      "main", [:],
      PredictionPart(report: report).markup, WordsPart(report: report, text: text).markup,
      AttentionPart(report: report, text: text).markup, LayersPart(report: report).markup)
    let body = Markup.tag("body", [:], header, main, footer)
    return PageParts.document("Why \(report.label)?", styles: [ReportStyle.sheet, ExplanationStyle.sheet], body)
  }

  private var header: Markup {
    .tag(
      "header", [:],
      .tag("p", ["class": "brand"], "Farq ", .tag("span", ["lang": "ar", "dir": "rtl"], "فرق")),
      .tag("h1", [:], "Why ", .tag("bdi", [:], Markup(report.label)), "?"),
      .tag(
        "p", ["class": "facts"],
        .tag("bdi", [:], Markup(report.model)),
        Markup(" · \(Formatted.integer(report.tokens.count)) tokens · \(probability)")))
  }

  private var probability: String {
    let value = report.probabilities.first { $0.label == report.label }?.probability ?? .nan
    let isBest = report.probabilities.allSatisfy { $0.probability <= value }
    return "probability \(Formatted.percent(value))" + (isBest ? "" : ", not the model’s first choice")
  }

  private var footer: Markup {
    .tag(
      "footer", [:],
      PageParts.paragraph(
        "Written by Farq \(report.farqVersion). An attribution says what moved this model’s answer, not what is true; "
          + "attention weights alone are no explanation."))
  }
}
