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
    let head = Markup.tag(
      "head", [:],
      .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .tag("meta", ["name": "color-scheme", "content": "light dark"]),
      .tag(
        "meta",
        ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"]),
      .tag("title", [:], Markup("Why \(report.label)? · Farq")), .style(ReportStyle.sheet),
      .style(ExplanationStyle.sheet))
    let main = Markup.tag(
      "main", [:],
      PredictionPart(report: report).markup, WordsPart(report: report, text: text).markup,
      AttentionPart(report: report, text: text).markup, LayersPart(report: report).markup)
    let body = Markup.tag("body", [:], header, main, footer)
    let page = Markup.tag("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"], head, body)
    return "<!DOCTYPE html>\n\(page.source)\n"
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
