import FarqMetrics
import FarqReport

/// Metrics for people: single numbers, and averages by name.
struct MetricText {
  private var rows: [[String]] = []

  /// The metrics of a report, by name.
  init(_ metrics: [String: FarqReport.MetricValue]) {
    for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
      if let number = value.number { add(name, number) }
      guard case .named(let averages) = value else { continue }
      for (average, value) in averages.sorted(by: { $0.key < $1.key }) {
        if let number = value.number { add("\(name) (\(average))", number) }
      }
    }
  }

  /// The metrics of a suite, in its order.
  init(_ suite: FarqMetrics.MetricValue) {
    guard case .object(let fields) = suite else { return }
    for field in fields {
      if let number = field.value.number { add(field.name, number) }
      guard case .object(let averages) = field.value else { continue }
      for average in averages {
        if let number = average.value.number { add("\(field.name) (\(average.name))", number) }
      }
    }
  }

  /// A line a metric; tables and curves are left to `--format json`.
  var text: String {
    TextTable(columns: [.init("metric"), .init("value", .trailing)], rows: rows).rendered()
  }

  private mutating func add(_ name: String, _ value: Double) {
    rows.append([name, NumberText.fixed(value, 6)])
  }
}
