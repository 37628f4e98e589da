import FarqMetrics

/// Reliability diagrams: whether the models are as sure as they are right.
struct CalibrationSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where no model has probabilities.
  var markup: Markup {
    let figures = StyledModel.firsts(of: report).filter { !$0.model.reliability.isEmpty }.map(figure)
    guard !figures.isEmpty else { return .empty }
    let note = PageParts.paragraph(
      "A calibrated model’s dots lie on the diagonal; below it the model is surer than it is right. "
        + "The larger a dot, the more documents." + StyledModel.seedNote(of: report))
    return PageParts.section("calibration", "Calibration", [note, PageParts.grid(figures)])
  }

  private func figure(_ entry: StyledModel) -> Markup {
    let chart = ReliabilityChart(
      id: "reliability-\(entry.style)", model: entry.model.name, style: entry.style, bins: entry.model.reliability)
    let error = HeadlineMetric.calibrationError.value(in: entry.model.metrics)
    let words = error.map {
      Markup.tag("span", ["class": "aside"], Markup("calibration error \(Formatted.percent($0))"))
    }
    return PageParts.figure(entry.name + (words ?? .empty), chart.markup)
  }
}
