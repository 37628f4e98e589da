/// The confusion matrix of each model, as a drawing and as a table.
struct ConfusionSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no model has a matrix.
  var markup: Markup {
    let figures = StyledModel.firsts(of: report).filter { !$0.model.confusionMatrix.isEmpty }.map(figure)
    guard !figures.isEmpty else { return .empty }
    let note = PageParts.paragraph(
      "Documents by target and predicted label; the shade is the share of the row." + StyledModel.seedNote(of: report))
    return PageParts.section("confusion", "Confusion matrices", [note, PageParts.grid(figures)])
  }

  private func figure(_ entry: StyledModel) -> Markup {
    let model = entry.model
    let chart = ConfusionChart(
      id: "confusion-\(entry.style)", model: model.name, labels: labels(model), counts: model.confusionMatrix)
    return PageParts.figure(entry.name, chart.markup, PageParts.details("As a table", table(model)))
  }

  private func table(_ model: ModelReport) -> Markup {
    let names = labels(model)
    let rows = zip(names, model.confusionMatrix).map { name, counts in
      [PageParts.label(name)] + counts.map { Markup("\($0)") }
    }
    return PageTable(
      caption: "Confusion matrix of \(model.name)",
      columns: [.init(title: "Target ↓ predicted →", isNumeric: false)] + names.map { .init(title: $0) }, rows: rows
    ).markup
  }

  private func labels(_ model: ModelReport) -> [String] {
    model.confusionMatrix.indices.map { model.labels.indices.contains($0) ? model.labels[$0] : "\($0)" }
  }
}
