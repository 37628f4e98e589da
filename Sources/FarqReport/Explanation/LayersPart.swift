/// Which layers are differential, and their λ.
struct LayersPart: Sendable {
  let report: ExplanationReport

  /// The section.
  var markup: Markup {
    let rows = report.layers.map { layer in
      [
        Markup(report.hasDecoder ? "\(layer.stack) \(layer.layer)" : "\(layer.layer)"), Markup(layer.attention),
        Markup("\(layer.differentialHeads)"),
        Markup(layer.lambda.isEmpty ? "–" : layer.lambda.map { Formatted.fixed($0, 3) }.joined(separator: "  ")),
        Markup(layer.lambdaInit.map { Formatted.fixed($0, 3) } ?? "–"),
      ]
    }
    let table = PageTable(
      caption: "Attention of each layer, how many of its heads are differential, and λ",
      columns: [
        .init(title: "Layer", isNumeric: false), .init(title: "Attention", isNumeric: false),
        .init(title: "Heads"),
        .init(title: "λ", isNumeric: false), .init(title: "λ_init"),
      ], rows: rows)
    return PageParts.section("lambda", "λ of each layer", [table.markup] + notes)
  }

  private var notes: [Markup] {
    let kinds = Set(report.layers.compactMap(\.lambdaKind))
    var notes: [String] = []
    if kinds.isEmpty { notes.append("No layer is differential: there is no λ.") }
    if kinds.contains(.layer) { notes.append("One λ for all differential heads of a layer.") }
    if kinds.contains(.head) { notes.append("One λ a head.") }
    if kinds.contains(.token) {
      notes.append("λ = σ(w·x + b) depends on the token; the table has σ(b), one a head." + tokens)
    }
    return notes.map { PageParts.paragraph($0) }
  }

  /// What λ of the shown head was over the tokens of this text.
  private var tokens: String {
    let values = report.head.lambda
    guard values.count > 1, let low = values.min(), let high = values.max() else { return "" }
    let mean = values.reduce(0, +) / Double(values.count)
    return
      " Over this text λ of layer \(report.head.layer), head \(report.head.head) is \(Formatted.fixed(mean, 3)) on "
      + "average, from \(Formatted.fixed(low, 3)) to \(Formatted.fixed(high, 3))."
  }
}
