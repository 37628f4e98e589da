import FarqReport

/// The headline table of a run for the terminal.
struct ResultText {
  private let report: RunReport

  init(_ report: RunReport) {
    self.report = report
  }

  /// The table and what can be claimed.
  var text: String {
    let header = ["model", "accuracy", "95 % interval", "macro F1", "Δ accuracy", "parameters", "articles/s", "memory"]
    let rows = report.models.map(row)
    let claims = report.withClaims.claims.map { "• \($0.statement)" }
    return ([TextColumns.aligned([header] + rows)] + (claims.isEmpty ? [] : [""] + claims)).joined(separator: "\n")
  }

  private func row(_ model: ModelReport) -> [String] {
    let interval = model.intervals["accuracy"]
    let difference = report.comparisons.first { $0.b == model.name && $0.a == "baseline" && $0.metric == "accuracy" }
    return [
      model.name, number(model, "accuracy"),
      interval.map { "\(NumberText.fixed($0.lower, 4))–\(NumberText.fixed($0.upper, 4))" } ?? "–",
      number(model, "macro_f1"),
      difference.map { ($0.delta >= 0 ? "+" : "") + NumberText.fixed($0.delta, 4) } ?? "–",
      NumberText.grouped(model.parameters), NumberText.fixed(model.documentsPerSecond, 1),
      "\(model.peakMemoryBytes >> 20) MiB",
    ]
  }

  private func number(_ model: ModelReport, _ name: String) -> String {
    NumberText.fixed(model.metrics[name]?.number ?? .nan, 4)
  }
}
