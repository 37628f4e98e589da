import FarqCore
import FarqMetrics
import Foundation
import Testing

/// The suite against the metrics one by one, which are checked against TorchMetrics.
struct MetricSuiteTests {
  static func batch(_ fixture: MetricFixture) -> (Predictions, MetricBatch)? {
    guard fixture.scores, fixture.positions == 1, fixture.ignore == nil else { return nil }
    let predictions = try? Predictions(
      classCount: fixture.classes, targets: fixture.targets, scores: fixture.preds.map(Float.init), kind: .automatic)
    return predictions.map { ($0, fixture.batch(0..<fixture.sampleCount)) }
  }

  @Test(arguments: MetricFixture.all)
  func agreesWithSingleMetrics(_ fixture: MetricFixture) throws {
    guard let (predictions, batch) = Self.batch(fixture) else { return }
    let suite = try #require(try MetricSuite(predictions).compute()["metrics"])
    let count = fixture.classes
    for average in [Average.none, .micro, .macro] {
      var metric = try MulticlassEER(classCount: count, average: average)
      try metric.update(batch)
      let value = try #require(suite["MulticlassEER"]?[average.rawValue])
      #expect(ValueComparison.difference(value, metric.compute()) == nil, "EER \(average) of \(fixture.name)")
    }
    for average in [Average.none, .macro] {
      var metric = try MulticlassLogAUC(classCount: count, average: average)
      try metric.update(batch)
      let value = try #require(suite["MulticlassLogAUC"]?[average.rawValue])
      #expect(ValueComparison.difference(value, metric.compute()) == nil, "LogAUC \(average) of \(fixture.name)")
    }
    for average in [Average.none, .weighted, .macro] {
      var area = try MulticlassAUROC(classCount: count, average: average)
      var precision = try MulticlassAveragePrecision(classCount: count, average: average)
      try area.update(batch)
      try precision.update(batch)
      #expect(
        ValueComparison.difference(try #require(suite["MulticlassAUROC"]?[average.rawValue]), area.compute()) == nil)
      #expect(
        ValueComparison.difference(
          try #require(suite["MulticlassAveragePrecision"]?[average.rawValue]), precision.compute()) == nil)
    }
  }

  /// Many documents, of which the suite keeps only the parts of curves that matter: sure and unsure models, ties.
  @Test(arguments: [0.5, 2, 30], [Float(1000), 20])
  func errorRatesOfManyDocuments(_ sureness: Double, _ steps: Float) throws {
    var generator = SeededGenerator(seed: 7)
    let (count, classes) = (20_000, 5)
    let targets = (0..<count).map { _ in Int.random(in: 0..<classes, using: &generator) }
    let logits = targets.flatMap { target in
      (0..<classes).map { label in
        let score = Float.random(in: 0..<1, using: &generator) + (label == target ? 0.1 + 0.1 * Float(label) : 0)
        return (score * steps).rounded() / steps * Float(sureness)
      }
    }
    let predictions = try Predictions(classCount: classes, targets: targets, scores: logits, kind: .logits)
    let suite = try #require(try MetricSuite(predictions).compute()["metrics"])
    for average in [Average.none, .micro, .macro] {
      var metric = try MulticlassEER(classCount: classes, average: average)
      try metric.update(MetricBatch(scores: logits, targets: targets, kind: .logits))
      let value = try #require(suite["MulticlassEER"]?[average.rawValue])
      #expect(ValueComparison.difference(value, metric.compute()) == nil, "\(average)")
    }
  }

  @Test func jsonHasTheShapeOfTheContract() throws {
    let fixture = try #require(MetricFixture.all.first)
    let (predictions, _) = try #require(Self.batch(fixture))
    let text = try MetricSuite(predictions).compute().json
    #expect(text.hasPrefix("{\"metrics\": {\"MulticlassAccuracy\": {\"micro\": "))
    let value = try JSONDecoder().decode(MetricValue.self, from: Data(text.utf8))
    let metrics = try #require(value["metrics"])
    guard case .object(let fields) = metrics else { return #expect(Bool(false)) }
    #expect(fields.count == 26)
    #expect(metrics["MulticlassCohenKappa"]?.number != nil)
    #expect(metrics["MulticlassConfusionMatrix"]?.elements?.count == 4)
    #expect(metrics["MulticlassRecall"]?["none"]?.elements?.count == 4)
  }
}
