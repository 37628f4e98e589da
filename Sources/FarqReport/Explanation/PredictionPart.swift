/// What the classifier says of the text: labels by probability.
struct PredictionPart: Sendable {
  let report: ExplanationReport

  private static let limit = 10

  /// The section.
  var markup: Markup {
    let labels = report.probabilities.sorted { ($0.probability, $1.label) > ($1.probability, $0.label) }
    let rows = labels.prefix(Self.limit).map { entry in
      [
        PageParts.label(entry.label), Markup(Formatted.percent(entry.probability)),
        AmountBar(share: entry.probability, isFor: true).markup, Markup(Formatted.fixed(entry.logit, 3)),
      ]
    }
    let table = PageTable(
      caption: "Labels and their probabilities",
      columns: [
        .init(title: "Label", isNumeric: false), .init(title: "Probability"), .init(title: "", isNumeric: false),
        .init(title: "Logit"),
      ], rows: Array(rows))
    let left = labels.count - Self.limit
    return PageParts.section(
      "prediction", "Prediction",
      [table.markup] + (left > 0 ? [PageParts.paragraph("\(left) less probable labels are left out.")] : []))
  }
}
