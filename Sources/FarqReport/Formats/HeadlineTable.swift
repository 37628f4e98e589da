/// The headline table as plain text, for Markdown, LaTeX and the terminal.
struct HeadlineTable: Sendable {
  /// The titles of the columns; the first column names the model.
  let header: [String]
  /// One row a model.
  let rows: [[String]]

  /// Reads the models and their differences to the baseline.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - withIntervals: whether 95 % intervals stand beside the numbers.
  init(_ report: RunReport, withIntervals: Bool = true) {
    header = [
      "Model", "Accuracy", "Macro F1", "Δ accuracy (points)", "p", "Parameters", "Documents/s", "Memory", "Training",
    ]
    rows = report.models.map { Self.row($0, report, withIntervals) }
  }

  private static func row(_ model: ModelReport, _ report: RunReport, _ withIntervals: Bool) -> [String] {
    let difference = BaselineDifference(of: model, in: .accuracy, report: report)
    return [
      model.name, value(.accuracy, model, withIntervals), value(.macroF1, model, withIntervals),
      model.isBaseline ? "baseline" : delta(difference, withIntervals), Formatted.probability(difference?.p ?? .nan),
      Formatted.count(model.parameters),
      model.documentsPerSecond.isFinite ? Formatted.short(model.documentsPerSecond) : Formatted.undefined,
      Formatted.bytes(model.peakMemoryBytes), Formatted.duration(model.trainSeconds),
    ]
  }

  private static func value(_ metric: HeadlineMetric, _ model: ModelReport, _ withIntervals: Bool) -> String {
    let number = Formatted.metric(metric.value(in: model.metrics) ?? .nan, of: metric)
    guard withIntervals, let interval = model.intervals[metric.rawValue], interval.lower.isFinite else { return number }
    return "\(number) (\(Formatted.fixed(interval.lower * 100, 2))–\(Formatted.fixed(interval.upper * 100, 2)))"
  }

  private static func delta(_ difference: BaselineDifference?, _ withIntervals: Bool) -> String {
    guard let difference else { return Formatted.undefined }
    let mark = difference.isSignificant(in: .accuracy) ? " *" : ""
    let interval = difference.interval
    guard withIntervals, interval.lower.isFinite else { return Formatted.points(difference.delta) + mark }
    return "\(Formatted.points(difference.delta)) (\(Formatted.points(interval.lower)) to "
      + "\(Formatted.points(interval.upper)))\(mark)"
  }
}

extension RunReport {
  /// The headline table for the terminal.
  public var textTable: TextTable {
    let table = HeadlineTable(self, withIntervals: false)
    return TextTable(
      columns: table.header.enumerated().map { .init($1, $0 == 0 ? .leading : .trailing) }, rows: table.rows)
  }
}
