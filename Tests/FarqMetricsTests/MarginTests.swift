import FarqCore
import FarqMetrics
import FarqTesting
import Testing

/// Non-inferiority and equivalence against statsmodels, scipy and numpy.
@Suite struct MarginTests {
  /// `margin.json`: see `make_margin_fixtures.py`.
  struct Fixture: Decodable, Sendable {
    struct Row: Decodable, Sendable {
      let margin: Double
      let oneSeed: [Double]
      let allSeeds: [Double]

      enum CodingKeys: String, CodingKey {
        case margin
        case oneSeed = "one_seed"
        case allSeeds = "all_seeds"
      }
    }

    let targets: [Int]
    let first: [[Int]]
    let second: [[Int]]
    let delta: Double
    let tests: [Row]
    let interval_one_seed: [Double]
    let interval_all_seeds: [Double]

    func runs(_ labels: [[Int]]) throws -> [Predictions] {
      try labels.map { try Predictions(classCount: 3, targets: targets, labels: $0) }
    }
  }

  private func fixture() throws -> Fixture { try FarqTesting.Fixture.decode(Fixture.self, from: "margin.json") }

  @Test func equivalenceIsStatsmodels() throws {
    let fixture = try fixture()
    let (first, second) = (try fixture.runs(fixture.first), try fixture.runs(fixture.second))
    #expect(!fixture.tests.isEmpty)
    for row in fixture.tests {
      let one = try MarginTest([first[0]], [second[0]], margin: row.margin)
      #expect(abs(one.notWorseP - row.oneSeed[0]) < 1e-9 && abs(one.equivalenceP - row.oneSeed[1]) < 1e-9)
      let all = try MarginTest(first, second, margin: row.margin)
      #expect(abs(all.notWorseP - row.allSeeds[0]) < 1e-9 && abs(all.equivalenceP - row.allSeeds[1]) < 1e-9)
      #expect(abs(all.delta - fixture.delta) < 1e-12)
    }
  }

  /// Both draw at random: the ends agree within a share of the width.
  @Test func theBootstrapDrawsSeedsAndDocuments() throws {
    let fixture = try fixture()
    let (first, second) = (try fixture.runs(fixture.first), try fixture.runs(fixture.second))
    let one = try MarginTest([first[0]], [second[0]], margin: 0.01)
    let all = try MarginTest(first, second, margin: 0.01)
    for (found, expected) in [(one.interval, fixture.interval_one_seed), (all.interval, fixture.interval_all_seeds)] {
      let width = expected[1] - expected[0]
      #expect(abs(found.lower - expected[0]) < 0.05 * width && abs(found.upper - expected[1]) < 0.05 * width)
    }
  }

  /// Simulated models of equal accuracy: the interval holds 0 about 95 times out of 100, with 5 seeds too.
  @Test func theIntervalCovers() throws {
    var generator = SeededGenerator(seed: 11)
    let targets = [Int](repeating: 0, count: 400)
    func runs() throws -> [Predictions] {
      try (0..<5).map { _ in
        // A seed's own accuracy: 0.9, give or take 2 points.
        let chance = 0.9 + 0.02 * (Double(generator.below(2001)) / 1000 - 1)
        let labels = targets.map { _ in Double(generator.below(1 << 20)) < chance * Double(1 << 20) ? 0 : 1 }
        return try Predictions(classCount: 2, targets: targets, labels: labels)
      }
    }
    let bootstrap = PairedBootstrap(seed: 3, resamples: 400)
    let covered = try (0..<200).count { _ in
      try MarginTest(runs(), runs(), margin: 0.01, bootstrap: bootstrap).interval.contains(0)
    }
    #expect((182...199).contains(covered), "\(covered) of 200")
  }

  @Test func claimsNeedTheWholeInterval() throws {
    let fixture = try fixture()
    let (first, second) = (try fixture.runs(fixture.first), try fixture.runs(fixture.second))
    let interval = try MarginTest(first, second, margin: 0.01).interval
    let (worst, best) = (-interval.lower, interval.upper)
    #expect(try MarginTest(first, second, margin: worst + 1e-6).isNotWorse)
    #expect(try !MarginTest(first, second, margin: worst - 1e-6).isNotWorse)
    let wide = max(worst, best)
    #expect(try MarginTest(first, second, margin: wide + 1e-6).isEquivalent)
    #expect(try !MarginTest(first, second, margin: wide - 1e-6).isEquivalent)
    #expect(throws: FarqError.self) { try MarginTest(first, second, margin: 0) }
    #expect(throws: FarqError.self) { try MarginTest(first, [second[0]], margin: 0.01) }
  }

  /// With as many documents or seeds as are asked for, the variances just fit the margin.
  @Test func tellsHowMuchIsNeeded() throws {
    let fixture = try fixture()
    let (first, second) = (try fixture.runs(fixture.first), try fixture.runs(fixture.second))
    let test = try MarginTest(first, second, margin: 0.05)
    let allowed = (0.05 / 2.801585) * (0.05 / 2.801585)
    let documents = try #require(test.documentsNeeded)
    let ofDocuments = test.documentVariance * Double(test.documentCount)
    #expect(ofDocuments / Double(documents) + test.seedVariance <= allowed + 1e-9)
    #expect(documents == 1 || ofDocuments / Double(documents - 1) + test.seedVariance > allowed)
    #expect(
      try MarginTest(first, second, margin: 1e-6).documentsNeeded == nil, "no number of documents helps the seeds")
    #expect(try MarginTest([first[0]], [second[0]], margin: 0.05).seedsNeeded == nil)
  }
}
