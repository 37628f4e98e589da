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
    let predictions = folder.predictions(of: configuration.name)
    guard let data = FileManager.default.contents(atPath: file(configuration).path),
      let lines = FileManager.default.contents(atPath: predictions.path)
    else { return nil }
    let report = try JSONDecoder().decode(ModelReport.self, from: data)
    let records = try lines.split(separator: 0x0A).map { try JSONDecoder().decode(PredictionRecord.self, from: $0) }
    return ModelResult(
      family: configuration.family, report: report,
      predictions: try Predictions(
        classCount: labels.count, targets: records.map(\.target),
        scores: records.flatMap { ($0.logits ?? []).map(Float.init) }, kind: .logits))
  }

  private func file(_ configuration: ModelConfiguration) -> URL {
    folder.url.appendingPathComponent("state/\(configuration.name).json")
  }
}
