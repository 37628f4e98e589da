import FarqCore
import FarqMetrics
import FarqReport
import FarqTraining
import Foundation

/// The metrics of a model's report: headline numbers under short names, then all of TorchMetrics' under theirs.
enum MetricTable {
  /// Every metric of the predictions.
  static func metrics(_ predictions: Predictions) throws -> [String: FarqReport.MetricValue] {
    var table: [String: FarqReport.MetricValue] = [:]
    if case .object(let fields) = try MetricSuite(predictions).compute()["metrics"] {
      for field in fields { table[field.name] = converted(field.value) }
    }
    for (metric, value) in HeadlineMetrics(predictions).values { table[metric.rawValue] = .number(value) }
    return table
  }

  /// 95 % intervals of the headline metrics: Wilson's of the accuracy, the bootstrap's of the others.
  static func intervals(_ predictions: Predictions, seed: UInt64) throws -> [String: ConfidenceInterval] {
    let matrix = predictions.confusionMatrix()
    var intervals = try PairedBootstrap(seed: seed).intervals(of: HeadlineMetric.allCases, [predictions])
    intervals[.accuracy] = WilsonInterval.interval(successes: matrix.correct, trials: matrix.total)
    return Dictionary(
      uniqueKeysWithValues: intervals.map { ($0.rawValue, ConfidenceInterval(lower: $1.lower, upper: $1.upper)) })
  }

  /// The same value as the report's type.
  private static func converted(_ value: FarqMetrics.MetricValue) -> FarqReport.MetricValue {
    switch value {
    case .number(let number): .number(number)
    case .count(let count): .number(Double(count))
    case .text: .number(.nan)
    case .list(let values): .list(values.map(converted))
    case .object(let fields): .named(Dictionary(uniqueKeysWithValues: fields.map { ($0.name, converted($0.value)) }))
    }
  }
}
