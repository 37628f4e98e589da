import FarqCore
public import FarqDatasets
public import FarqInference
public import FarqReport
import FarqTraining
public import Foundation

/// A checkpoint measured on labelled documents.
public struct CheckpointEvaluation {
  /// Every metric by its name.
  public let metrics: [String: FarqReport.MetricValue]
  private let parts: EvaluationReport

  /// Classifies the documents, whose labels the classifier knows.
  public init(
    _ classifier: TextClassifier, _ documents: [Document], progress: (Int) -> Void = { _ in }
  ) throws {
    let indices = Dictionary(
      classifier.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let targets = documents.map { indices[$0.label ?? ""] ?? 0 }
    let start = ContinuousClock.now
    let logits = try classifier.classify(documents.map(\.text), progress: progress).flatMap(\.logits)
    let evaluation = try Evaluation(
      logits: logits, targets: targets, classCount: classifier.labels.count,
      seconds: (ContinuousClock.now - start).seconds)
    metrics = try MetricTable.metrics(evaluation.predictions)
    parts = EvaluationReport(evaluation: evaluation, labels: classifier.labels, documents: documents)
  }

  /// Writes a line a document: target, prediction, logits, probabilities.
  public func writePredictions(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(to: file) { handle in
      for record in parts.predictionRecords {
        try handle.write(contentsOf: encoder.encode(record) + Data("\n".utf8))
      }
    }
  }
}
