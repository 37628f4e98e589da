import FarqCore
import FarqDatasets
import FarqInference
import FarqLinear
import FarqMetrics
public import FarqReport
import FarqTraining

/// TF-IDF and a linear SVM on the data of a run: what a transformer has to beat.
public struct LinearModelRun {
  /// The model's name in reports.
  public static let name = "tfidf-svm"
  /// What the report says of it.
  public let report: ModelReport
  /// Says so where it could not learn from all documents.
  public let note: String?
  let predictions: Predictions
  let records: [PredictionRecord]

  /// Trains on the training split, with the validation split, which the model has no use for; measures on the test split.
  ///
  /// - Throws: ``FarqError`` where the data has no words or one label only.
  public init(_ data: PreparedData, seed: UInt64) throws {
    PeakMemory.reset()
    let all = data.dataset.documents.selecting(data.dataset.trainingIndices)
    let training = all.sample(byteCount: Self.trainingBytes, seed: seed)
    note = Self.note(training.count, of: all.count)
    let test = data.documents(.test)
    let targets = data.targets(.test)
    let indices = data.dataset.labelIndices
    let start = ContinuousClock.now
    let model = try LinearBaseline.train(
      texts: Array(training.textSequence),
      labels: training.indices.map { indices[training.label(at: $0) ?? ""] ?? 0 }, classCount: data.labels.count)
    let trained = ContinuousClock.now
    let scores = stride(from: 0, to: test.count, by: Self.block).flatMap { start in
      model.scores(for: (start..<min(test.count, start + Self.block)).map(test.text))
    }
    let predicted = ContinuousClock.now
    let chosen = Self.best(scores, classes: data.labels.count)
    predictions = try Predictions(classCount: data.labels.count, targets: targets, labels: chosen)
    records = Self.records(test, targets, chosen, scores, labels: data.labels)
    let (trainSeconds, testSeconds) = ((trained - start).seconds, (predicted - trained).seconds)
    report = ModelReport(
      name: Self.name, kind: .linear, attention: "none", ratio: 0, seed: seed,
      parameters: model.featureCount * data.labels.count, metrics: try MetricTable.metrics(predictions),
      intervals: try MetricTable.intervals(predictions, seed: seed), trainSeconds: trainSeconds,
      documentsPerSecond: Double(training.count) / max(trainSeconds, 1e-9),
      evaluationDocumentsPerSecond: Double(test.count) / max(testSeconds, 1e-9), peakMemoryBytes: PeakMemory.bytes(),
      labels: data.labels, confusionMatrix: ConfusionTable.counts(predictions, labels: data.labels),
      labelScores: ConfusionTable.scores(predictions, labels: data.labels))
  }

  /// All texts and their terms have to be in memory; beyond so many bytes of text they are drawn by seed.
  private static let trainingBytes = 512 << 20
  /// Documents scored at a time.
  private static let block = 4096

  private static func note(_ count: Int, of all: Int) -> String? {
    count == all
      ? nil
      : "\(name) learnt from \(count) of \(all) training documents, drawn by seed: it holds 512 MiB of text at most"
  }

  private static func best(_ scores: [Float], classes: Int) -> [Int] {
    stride(from: 0, to: scores.count, by: classes).map { start in
      (1..<classes).reduce(0) { scores[start + $1] > scores[start + $0] ? $1 : $0 }
    }
  }

  /// Decision values are no logits, but they are what the model gives; they are written as such. A label that training
  /// never saw has none: its value is the least.
  private static func records(
    _ documents: DocumentList, _ targets: [Int], _ chosen: [Int], _ scores: [Float],
    labels: [String]
  ) -> [PredictionRecord] {
    documents.indices.map { index in
      let row = scores[(index * labels.count)..<((index + 1) * labels.count)]
      return PredictionRecord(
        id: documents.origin(at: index), target: targets[index], predicted: chosen[index],
        label: labels[targets[index]],
        predictedLabel: labels[chosen[index]], logits: row.map { Double(max($0, -.greatestFiniteMagnitude)) })
    }
  }
}
