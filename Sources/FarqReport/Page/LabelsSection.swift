/// Precision, recall and F1 of each label, model by model.
struct LabelsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no model has scores.
  var markup: Markup {
    let models = StyledModel.firsts(of: report).filter { !$0.model.labelScores.isEmpty }
    guard let first = models.first else { return .empty }
    var content: [Markup] = []
    if models.count > 1 { content.append(overview(models, labels: first.model.labelScores)) }
    content.append(PageParts.grid(models.map(table)))
    return PageParts.section("labels", "Scores of each label", content)
  }

  private func overview(_ models: [StyledModel], labels: [LabelScores]) -> Markup {
    let rows = labels.map { scores in
      [PageParts.label(scores.label), Markup(Formatted.integer(scores.support))]
        + models.map { entry in
          let found = entry.model.labelScores.first { $0.label == scores.label }
          return Markup(Formatted.percent(found?.f1 ?? .nan))
        }
    }
    let titles = [PageTable.Column(title: "Label", isNumeric: false), .init(title: "Documents")]
    return PageTable(
      caption: "F1 of each label", hidesCaption: false, columns: titles + models.map { .init(title: $0.model.name) },
      rows: rows
    ).markup
  }

  private func table(_ entry: StyledModel) -> Markup {
    let rows = entry.model.labelScores.map { scores in
      [
        PageParts.label(scores.label), Markup(Formatted.percent(scores.precision)),
        Markup(Formatted.percent(scores.recall)), Markup(Formatted.percent(scores.f1)),
        Markup(Formatted.integer(scores.support)),
      ]
    }
    let table = PageTable(
      caption: "Scores of \(entry.model.name)",
      columns: [.init(title: "Label", isNumeric: false)]
        + ["Precision", "Recall", "F1", "Docs"].map { .init(title: $0) }, rows: rows)
    return PageParts.figure(entry.name, table.markup)
  }
}
