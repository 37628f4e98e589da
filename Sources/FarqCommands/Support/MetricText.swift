import FarqReport

/// Metrics for people: single numbers, and averages by name.
struct MetricText {
  private let metrics: [String: FarqReport.MetricValue]

  init(_ metrics: [String: FarqReport.MetricValue]) {
    self.metrics = metrics
  }

  /// A line a metric; tables and curves are left to `--format json`.
  var text: String {
    let rows = metrics.sorted { $0.key < $1.key }.flatMap { name, value -> [[String]] in
      switch value {
      case .number(let number): [[name, NumberText.fixed(number, 6)]]
      case .named(let averages):
        averages.sorted { $0.key < $1.key }.compactMap { average, value in
          value.number.map { ["\(name) (\(average))", NumberText.fixed($0, 6)] }
        }
      case .list: []
      }
    }
    return TextColumns.aligned([["metric", "value"]] + rows)
  }
}
