import FarqCore
import FarqMetrics
import FarqReport
import FarqTraining
import Foundation

/// The metrics of a model's report: headline numbers under short names, then all of TorchMetrics' under theirs.
enum MetricTable {
  /// Every metric of the predictions; `loss` is the mean cross-entropy, where there is one.
  static func metrics(_ predictions: Predictions, loss: Double = .nan) throws -> [String: FarqReport.MetricValue] {
    var table: [String: FarqReport.MetricValue] = [:]
    if case .object(let fields) = try MetricSuite(predictions).compute()["metrics"] {
      for field in fields { table[field.name] = converted(field.value) }
    }
    for (metric, value) in HeadlineMetrics(predictions).values { table[metric.reportName] = .number(value) }
    if loss.isFinite { table["loss"] = .number(loss) }
    return table
  }

  /// Wilson's 95 % interval of the accuracy.
  static func intervals(_ predictions: Predictions) -> [String: ConfidenceInterval] {
    let matrix = predictions.confusionMatrix()
    let interval = WilsonInterval.interval(successes: matrix.correct, trials: matrix.total)
    return ["accuracy": ConfidenceInterval(lower: interval.lower, upper: interval.upper)]
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
