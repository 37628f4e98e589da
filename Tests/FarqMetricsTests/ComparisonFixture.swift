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

  let mcnemar: [[Double]]
  let holm: [[Double]]
  let wilson: [[Double]]
  let seeds: Seeds

  static func load() throws -> ComparisonFixture {
    try Fixture.decode(ComparisonFixture.self, from: "tests.json")
  }
}
