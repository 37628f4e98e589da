import FarqMetrics
import FarqTesting

/// `tests.json`: what scipy and statsmodels give.
struct ComparisonFixture: Decodable, Sendable {
  struct Seeds: Decodable, Sendable {
    let values: [Double]
    let mean: Double
    let sd: Double
    let interval: [Double]
  }

  struct Bootstrap: Decodable, Sendable {
    let targets: [Int]
    /// Logits of two models, [documents × 3] each.
    let logits: [[Float]]
    /// By metric: the first model's value, the second's, the interval of the difference, the interval of the second.
    let values: [String: [Double]]
  }

  let mcnemar: [[Double]]
  let holm: [[Double]]
  let wilson: [[Double]]
  let seeds: Seeds
  let bootstrap: Bootstrap

  static func load() throws -> ComparisonFixture {
    try Fixture.decode(ComparisonFixture.self, from: "tests.json")
  }
}
