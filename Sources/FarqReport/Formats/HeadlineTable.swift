import FarqMetrics

/// The headline table as plain text, for Markdown, LaTeX and the terminal.
struct HeadlineTable: Sendable {
  /// The titles of the columns; the first column names the configuration.
  let header: [String]
  /// One row a configuration.
  let rows: [[String]]

  /// Reads the configurations and their differences to the baseline.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - withIntervals: whether 95 % intervals stand beside the numbers.
  init(_ report: RunReport, withIntervals: Bool = true) {
    header = [
      "Model", "Accuracy", "Macro F1", "Δ accuracy (points)", "p", "Parameters", "Documents/s", "Memory", "Training",
    ]
    rows = ConfigurationResult.all(of: report).map { Self.row($0, report, withIntervals) }
  }

  private static func row(_ result: ConfigurationResult, _ report: RunReport, _ withIntervals: Bool) -> [String] {
    let difference = BaselineDifference(of: result.name, in: .accuracy, report: report)
    let speed = result.documentsPerSecond
    return [
      result.name, value(.accuracy, result, withIntervals), value(.macroF1, result, withIntervals),
      result.first.isBaseline ? "baseline" : delta(difference, withIntervals),
      Formatted.probability(difference?.p ?? .nan), Formatted.count(result.first.parameters),
      speed.isFinite ? Formatted.short(speed) : Formatted.undefined,
      Formatted.bytes(result.peakMemoryBytes), Formatted.duration(result.trainSeconds),
    ]
  }

  private static func value(_ metric: HeadlineMetric, _ result: ConfigurationResult, _ withIntervals: Bool) -> String {
    var text = Formatted.metric(result.value(metric), of: metric)
    if let deviation = result.deviation(metric) { text += " ± \(Formatted.fixed(deviation * 100, 2))" }
    guard withIntervals, let interval = result.interval(metric) else { return text }
    return "\(text) (\(Formatted.fixed(interval.lower * 100, 2))–\(Formatted.fixed(interval.upper * 100, 2)))"
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
