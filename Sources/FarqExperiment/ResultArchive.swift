import FarqCore
import FarqMetrics
import FarqReport
import Foundation

/// Keeps the result of each finished model beside its predictions, so that an interrupted run need not train it again.
struct ResultArchive {
  let folder: RunFolder

  /// Saves a result; the predictions were written before.
  func save(_ result: ModelResult, of configuration: ModelConfiguration) throws {
    let file = file(configuration)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(JSONEncoder().encode(result.report), to: file)
  }

  /// The result of a finished model, nil where it is not finished.
  func load(_ configuration: ModelConfiguration, labels: [String]) throws -> ModelResult? {
    guard let data = FileManager.default.contents(atPath: file(configuration).path),
      let predictions = try predictions(of: configuration.name, classCount: labels.count)
    else { return nil }
    let report = try JSONDecoder().decode(ModelReport.self, from: data)
    return ModelResult(family: configuration.family, report: report, predictions: predictions)
  }

  /// The results of a report's models that have logits, by the predictions beside it.
  func results(of report: RunReport) throws -> [ModelResult] {
    try report.models.compactMap { model in
      try predictions(of: model.name, classCount: model.labels.count).map {
        ModelResult(family: model.configuration, report: model, predictions: $0)
      }
    }
  }

  /// The predictions of a model; nil where there are none, or none with logits.
  private func predictions(of name: String, classCount: Int) throws -> Predictions? {
    guard let lines = FileManager.default.contents(atPath: folder.predictions(of: name).path) else { return nil }
    let records = try lines.split(separator: 0x0A).map { try JSONDecoder().decode(PredictionRecord.self, from: $0) }
    guard records.first?.logits != nil else { return nil }
    return try Predictions(
      classCount: classCount, targets: records.map(\.target),
      scores: records.flatMap { ($0.logits ?? []).map(Float.init) }, kind: .logits)
  }

  private func file(_ configuration: ModelConfiguration) -> URL {
    folder.url.appendingPathComponent("state/\(configuration.name).json")
  }
}
