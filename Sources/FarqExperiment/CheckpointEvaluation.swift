import FarqCore
import FarqDatasets
public import FarqInference
public import FarqReport
import FarqTraining
public import Foundation

/// A checkpoint measured on labelled documents.
public struct CheckpointEvaluation {
  /// Every metric by its name.
  public let metrics: [String: FarqReport.MetricValue]
  /// The number of documents.
  public let documentCount: Int
  /// The documents with more tokens than the model takes.
  public let longCount: Int
  /// The documents of which tokens were left out.
  public let cutCount: Int
  private let parts: EvaluationReport

  /// Classifies documents.
  ///
  /// - Throws: ``FarqError`` `badData` where the classifier does not know a label.
  public init(
    _ classifier: TextClassifier, _ data: EvaluationData, progress: (Int) -> Void = { _ in }
  ) throws {
    try data.check(against: classifier.labels)
    let documents = data.documents.documents(.test)
    let indices = Dictionary(
      classifier.labels.enumerated().map { (LabelName.cleaned($1), $0) }, uniquingKeysWith: { first, _ in first })
    let targets = documents.indices.map { indices[documents.label(at: $0) ?? ""] ?? 0 }
    let tokens = try data.documents.tokens(.test, by: classifier.encoder)
    let start = ContinuousClock.now
    let evaluation = try Evaluation(
      logits: classifier.logits(tokens, progress: progress), targets: targets, classCount: classifier.labels.count,
      seconds: (ContinuousClock.now - start).seconds)
    documentCount = documents.count
    longCount = tokens.longCount(over: classifier.encoder.maximumLength)
    cutCount = tokens.cutCount
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
