/// A model with its place in the palette, the same in every table and chart of a page.
struct StyledModel: Sendable {
  /// The model.
  let model: ModelReport
  /// The place in the palette.
  let style: Int

  /// The models of a report in their order.
  static func all(of report: RunReport) -> [StyledModel] {
    report.models.enumerated().map { StyledModel(model: $1, style: $0) }
  }

  /// The name in its colour.
  var name: Markup { PageParts.name(model.name, style: style) }

  /// What distinguishes the model, in words: "diff, first 3 of 12 layers (25 %), pretrained".
  var summary: String {
    if model.kind == .linear { return "TF-IDF and a linear SVM" }
    guard let plan = model.attentionPlan else {
      return model.ratio > 0 ? "\(model.attention), \(Formatted.percent(model.ratio, 0))" : model.attention
    }
    var parts = [plan.pairing.map { "\(plan.variant) (\($0))" } ?? plan.variant]
    if let layers = plan.layers, !layers.isEmpty {
      let all = plan.layerCount.map { " of \($0)" } ?? ""
      let which = layers.map(String.init).joined(separator: ", ")
      parts.append("\(layers.count == 1 ? "layer" : "layers") \(which) (\(layers.count)\(all))")
    }
    if let heads = plan.heads, !heads.isEmpty {
      parts.append("\(heads.count)\(plan.headCount.map { " of \($0)" } ?? "") heads of every layer")
    }
    if plan.variant != "standard" {
      if let initialization = plan.initialization { parts.append("start: \(initialization)") }
      if plan.stack != "encoder" { parts.append("stack: \(plan.stack)") }
    }
    if plan.start == "finetuned" { parts.append("from the fine-tuned baseline") }
    return parts.joined(separator: ", ")
  }
}
