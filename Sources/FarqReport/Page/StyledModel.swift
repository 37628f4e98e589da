/// A model with its configuration's place in the palette, the same in every table and chart of a page.
struct StyledModel: Sendable {
  /// The model.
  let model: ModelReport
  /// The place in the palette.
  let style: Int

  /// The models of a report in their order, those of one configuration in one style.
  static func all(of report: RunReport) -> [StyledModel] {
    let styles = Dictionary(
      ConfigurationResult.all(of: report).map { ($0.name, $0.style) }, uniquingKeysWith: { first, _ in first })
    return report.models.map { StyledModel(model: $0, style: styles[$0.configuration] ?? 0) }
  }

  /// The model of the first seed of each configuration: what stands for it where all seeds would be too many.
  static func firsts(of report: RunReport) -> [StyledModel] {
    ConfigurationResult.all(of: report).map { StyledModel(model: $0.first, style: $0.style) }
  }

  /// What a section says that shows ``firsts(of:)`` alone; nothing where there is one seed.
  static func seedNote(of report: RunReport) -> String {
    report.seedCount > 1 ? " Of several seeds the first is shown; report.json has all." : ""
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
      let which = Self.ranges(layers)
      parts.append("\(layers.count == 1 ? "layer" : "layers") \(which) (\(layers.count)\(all))")
    }
    if let heads = plan.heads, !heads.isEmpty {
      parts.append("\(heads.count)\(plan.headCount.map { " of \($0)" } ?? "") heads of every layer")
    }
    if plan.variant != "standard" {
      if let initialization = plan.initialization { parts.append("init: \(initialization)") }
      if plan.stack != "encoder" { parts.append("stack: \(plan.stack)") }
    }
    if plan.start == "finetuned" { parts.append("from the fine-tuned baseline") }
    return parts.joined(separator: ", ")
  }

  /// Numbers with runs of three or more joined: 0, 1, 2, 5 is "0–2, 5".
  private static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.flatMap { run in
      run.count > 2 ? ["\(run.lowerBound)–\(run.upperBound)"] : run.map(String.init)
    }.joined(separator: ", ")
  }
}
