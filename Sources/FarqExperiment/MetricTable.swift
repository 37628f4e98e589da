import FarqCore
import FarqMetrics
import FarqReport
import FarqTraining
import Foundation

/// The metrics of a model's report: headline numbers under short names, then all of TorchMetrics' under theirs.
enum MetricTable {
  /// Every metric of the evaluation.
  static func metrics(_ evaluation: Evaluation) throws -> [String: FarqReport.MetricValue] {
    var table: [String: FarqReport.MetricValue] = [:]
    let suite = try MetricSuite(evaluation.predictions).metrics
    for (name, value) in suite { table[name] = try converted(value) }
    for (metric, value) in try HeadlineMetrics(evaluation.predictions).values {
      table[metric.rawValue] = .number(value)
    }
    table["loss"] = .number(evaluation.loss)
    return table
  }

  /// Wilson's 95 % interval of the accuracy.
  static func intervals(_ evaluation: Evaluation) -> [String: ConfidenceInterval] {
    let matrix = evaluation.predictions.confusionMatrix()
    let interval = WilsonInterval(successes: matrix.correct, total: matrix.total).interval
    return ["accuracy": ConfidenceInterval(lower: interval.lower, upper: interval.upper)]
  }

  /// The same value as the report's type.
  private static func converted(_ value: some Encodable) throws -> FarqReport.MetricValue {
    try JSONDecoder().decode(FarqReport.MetricValue.self, from: JSONEncoder().encode(value))
  }
}
