import FarqMetrics
import FarqTesting
import Testing

/// One case of `metrics.json`: inputs, and what TorchMetrics computes from them.
struct MetricFixture: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let classes: Int
  let positions: Int
  let ignore: Int?
  let scores: Bool
  let preds: [Double]
  let targets: [Int]
  /// Each [metric, arguments, value].
  let values: [MetricValue]
  /// The same for every class, with all arguments left out that have a default.
  let defaults: [MetricValue]

  var testDescription: String { name }

  static let all: [MetricFixture] = (try? Fixture.decode([MetricFixture].self, from: "metrics.json")) ?? []

  /// The samples `range` as a batch.
  func batch(_ range: Range<Int>) -> MetricBatch {
    let targets = Array(targets[range.lowerBound * positions..<range.upperBound * positions])
    let width = scores ? classes * positions : positions
    let slice = preds[range.lowerBound * width..<range.upperBound * width]
    return scores
      ? MetricBatch(scores: slice.map(Float.init), targets: targets, kind: kind, positions: positions)
      : MetricBatch(labels: slice.map { Int($0) }, targets: targets, positions: positions)
  }

  /// TorchMetrics' rule applied to the whole, since a small batch of logits may lie within 0...1 by chance.
  private var kind: ScoreKind {
    let kept = preds.indices.filter { targets[sample($0)] != ignore }
    return kept.allSatisfy { 0...1 ~= preds[$0] } ? .probabilities : .logits
  }

  private func sample(_ index: Int) -> Int {
    let width = classes * positions
    return index / width * positions + index % positions
  }

  var sampleCount: Int { targets.count / positions }
}
