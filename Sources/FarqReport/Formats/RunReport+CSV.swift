import FarqMetrics

extension RunReport {
  /// `results.csv`: one row a model; every number that `metrics` holds by name is a column.
  public var resultsTable: CSVTable {
    let flat = models.map { Self.flattened($0.metrics) }
    let names = Self.columnNames(flat)
    let fixed = [
      "name", "configuration", "kind", "attention", "ratio", "granularity", "placement", "initialization", "seed",
      "parameters",
      "train_seconds", "documents_per_second", "evaluation_documents_per_second", "peak_memory_bytes", "best_epoch",
      "selection_split", "evaluated_split", "accuracy_ci95_lower", "accuracy_ci95_upper",
    ]
    let rows = zip(models, flat).map { model, metrics in
      Self.fields(of: model) + names.map { metrics[$0].map(Self.field) ?? "" }
    }
    return CSVTable(header: fixed + names, rows: rows)
  }

  private static func fields(of model: ModelReport) -> [String] {
    let plan = model.attentionPlan
    let interval = model.intervals[HeadlineMetric.accuracy.rawValue]
    return [
      model.name, model.configuration, model.kind.rawValue, model.attention, field(model.ratio),
      plan?.granularity ?? "",
      plan?.placement ?? "", plan?.initialization ?? "", String(model.seed), String(model.parameters),
      field(model.trainSeconds), field(model.documentsPerSecond), field(model.evaluationDocumentsPerSecond),
      String(model.peakMemoryBytes), model.bestEpoch.map(String.init) ?? "", model.selectionSplit ?? "",
      model.evaluatedSplit, field(interval?.lower ?? .nan), field(interval?.upper ?? .nan),
    ]
  }

  /// A number in full precision; an undefined one is empty.
  private static func field(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  /// The numbers of `metrics`, those of averages as `Name.average`; lists and matrices are left out.
  private static func flattened(_ metrics: [String: MetricValue]) -> [String: Double] {
    var result: [String: Double] = [:]
    for (name, value) in metrics {
      if let number = value.number { result[name] = number }
      guard case .named(let parts) = value else { continue }
      for (part, value) in parts {
        if let number = value.number { result["\(name).\(part)"] = number }
      }
    }
    return result
  }

  /// All names: the headline metrics first, in their order, the others in the order of the alphabet.
  private static func columnNames(_ flat: [[String: Double]]) -> [String] {
    let all = Set(flat.flatMap(\.keys))
    let headline = HeadlineMetric.allCases.map(\.rawValue).filter(all.contains)
    return headline + all.subtracting(headline).sorted()
  }
}
