import FarqInference
import FarqReport
import FarqSample
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// All routes of a server.
struct Routes: Sendable {
  let catalog: ModelCatalog
  let settings: ServerSettings
  let state: ServerState

  /// By path and method.
  var table: [String: [HTTPRequest.Method: Route]] {
    var table: [String: [HTTPRequest.Method: Route]] = [
      "/v1/classify": [.post: Route(isWork: true, handle: classify)],
      "/v1/explain": [.post: Route(isWork: true, handle: explain)],
      "/predict": [.post: Route(isWork: true, handle: predict)],
      "/info": [.get: Route { _ in try Answer(json: InfoResponse(catalog, settings)) }],
      "/metrics": [.get: Route { _ in metrics() }],
      "/healthz": [.get: Route(isGuarded: false) { _ in try health(isReady: true) }],
      "/health": [.get: Route(isGuarded: false) { _ in try health(isReady: true) }],
      "/readyz": [.get: Route(isGuarded: false) { _ in try health(isReady: !state.isDraining) }],
    ]
    for (path, file) in PageFiles.all { table[path] = [.get: Route(isGuarded: false) { _ in file.answer }] }
    return table
  }

  private func classify(_ request: Request) async throws -> Answer {
    let asked = try ClassifyRequest(
      try await request.jsonObject(limit: settings.bodyLimit), textLimit: settings.textLimit)
    let entry = try catalog.entry(asked.model)
    let results = try await classify(asked.texts, entry, truncate: asked.truncate, long: nil, name: "texts")
    return try Answer(
      json: ClassifyResponse(model: entry.name, results, labels: entry.classifier.labels), notes: notes(entry, results))
  }

  private func predict(_ request: Request) async throws -> Answer {
    let asked = try PredictRequest(
      try await request.jsonObject(limit: settings.bodyLimit), textLimit: settings.textLimit)
    let entry = catalog.first
    let results = try await classify(asked.texts, entry, truncate: asked.truncate, long: asked.long, name: "inputs")
    let scores = results.map { LabelScore.ranked($0, labels: entry.classifier.labels, raw: asked.rawScores) }
    return asked.isBatch
      ? try Answer(json: scores, notes: notes(entry, results))
      : try Answer(json: scores[0], notes: notes(entry, results))
  }

  private func classify(
    _ texts: [String], _ entry: ModelCatalog.Entry, truncate: Bool, long: LongDocument?, name: String
  ) async throws -> [Classification] {
    let documents = try entry.classifier.encode(texts, long: long)
    let length = entry.classifier.encoder.maximumLength
    if !truncate, let longer = documents.first(where: { $0.tokenCount > length }) {
      throw APIError.invalid(
        "`\(name)` must have at most \(length) tokens a text. Given: \(longer.tokenCount); shorten it, or let it be truncated"
      )
    }
    return try await entry.classifier.classify(documents)
  }

  private func explain(_ request: Request) async throws -> Answer {
    let asked = try ExplainRequest(try await request.jsonObject(limit: settings.bodyLimit))
    let entry = try catalog.entry(asked.model)
    let report = try await state.explaining(limit: settings.explanationLimit) {
      try await entry.explainer.explain(asked.text, label: asked.label, layer: asked.layer, head: asked.head)
    }
    return try Answer(
      json: report, notes: ["model": .string(entry.name), "tokens": .stringConvertible(report.tokenCount)])
  }

  private func notes(_ entry: ModelCatalog.Entry, _ results: [Classification]) -> Logger.Metadata {
    [
      "model": .string(entry.name), "texts": .stringConvertible(results.count),
      "tokens": .stringConvertible(results.reduce(0) { $0 + $1.tokenCount }),
    ]
  }

  private func metrics() -> Answer {
    Answer(type: "text/plain; version=0.0.4; charset=utf-8", body: ByteBuffer(string: state.metrics.text(catalog)))
  }

  private func health(isReady: Bool) throws -> Answer {
    try Answer(json: ["status": isReady ? "ok" : "stopping"], status: isReady ? .ok : .serviceUnavailable)
  }
}
