import FarqCore
import FarqMetrics
import Testing

/// Tests and intervals against statsmodels and scipy.
struct ComparisonTests {
  @Test func mcNemarIsStatsmodels() throws {
    for row in try ComparisonFixture.load().mcnemar {
      let test = McNemar(onlyFirstRight: Int(row[0]), onlySecondRight: Int(row[1]))
      #expect(abs(test.pValue - row[2]) <= 1e-9 * max(row[2], 1e-3), "\(row)")
    }
  }

  @Test func holmIsStatsmodels() throws {
    let fixture = try ComparisonFixture.load()
    for (adjusted, expected) in zip(Holm.adjusted(fixture.holm[0]), fixture.holm[1]) {
      #expect(abs(adjusted - expected) < 1e-12)
    }
  }

  @Test func wilsonIsStatsmodels() throws {
    for row in try ComparisonFixture.load().wilson {
      let interval = WilsonInterval.interval(successes: Int(row[0]), trials: Int(row[1]))
      #expect(abs(interval.lower - row[2]) < 1e-9 && abs(interval.upper - row[3]) < 1e-9, "\(row)")
    }
  }

  @Test func seedSummaryIsScipy() throws {
    let seeds = try ComparisonFixture.load().seeds
    let summary = SeedSummary(seeds.values)
    let (deviation, interval) = (try #require(summary.standardDeviation), try #require(summary.interval))
    #expect(abs(summary.mean - seeds.mean) < 1e-12 && abs(deviation - seeds.sd) < 1e-12)
    #expect(abs(interval.lower - seeds.interval[0]) < 1e-9 && abs(interval.upper - seeds.interval[1]) < 1e-9)
    #expect(SeedSummary([0.5]).interval == nil)
  }

  /// Both draw at random: the ends of intervals agree within a share of their width.
  @Test func bootstrapIsScipy() throws {
    let fixture = try ComparisonFixture.load().bootstrap
    let models = try fixture.logits.map {
      try Predictions(classCount: 3, targets: fixture.targets, scores: $0, kind: .logits)
    }
    let bootstrap = PairedBootstrap(seed: 1)
    let intervals = try bootstrap.intervals(of: HeadlineMetric.allCases, [models[1]])
    for found in try bootstrap.differences(of: HeadlineMetric.allCases, [models[0]], [models[1]]) {
      let expected = try #require(fixture.values[found.metric.rawValue])
      #expect(abs(found.first - expected[0]) < 1e-6 && abs(found.second - expected[1]) < 1e-6, "\(found.metric)")
      let single = try #require(intervals[found.metric])
      for (interval, ends) in [(found.interval, expected[2...3]), (single, expected[4...5])] {
        let (lower, upper) = (ends[ends.startIndex], ends[ends.startIndex + 1])
        #expect(abs(interval.lower - lower) < 0.09 * (upper - lower), "\(found.metric): \(interval), scipy \(ends)")
        #expect(abs(interval.upper - upper) < 0.09 * (upper - lower), "\(found.metric): \(interval), scipy \(ends)")
      }
    }
  }

  /// Two models of 2,000 documents: right with the given chances.
  static func models(_ chances: [Double], seed: UInt64 = 7) throws -> [Predictions] {
    var generator = SeededGenerator(seed: seed)
    let targets = (0..<2000).map { _ in generator.below(3) }
    return try chances.map { chance in
      var scores: [Float] = []
      for target in targets {
        let right = Double(generator.below(1_000_000)) < chance * 1_000_000
        let label = right ? target : (target + 1) % 3
        for index in 0..<3 { scores.append(Float(generator.below(1000)) / 1000 + (index == label ? 1.5 : 0)) }
      }
      return try Predictions(classCount: 3, targets: targets, scores: scores, kind: .logits)
    }
  }

  @Test func bootstrapIntervalOfAccuracyIsNearTheNormalOne() throws {
    let models = try Self.models([0.8, 0.86])
    let found = try PairedBootstrap(seed: 3).differences(of: [.accuracy], [models[0]], [models[1]])[0]
    let test = try McNemar(models[0], models[1])
    let (b, c, n) = (Double(test.onlyFirstRight), Double(test.onlySecondRight), 2000.0)
    let deviation = (b + c - (c - b) * (c - b) / n).squareRoot() / n
    #expect(abs(found.delta - (c - b) / n) < 1e-12)
    #expect(abs(found.interval.lower - (found.delta - 1.96 * deviation)) < 0.1 * deviation)
    #expect(abs(found.interval.upper - (found.delta + 1.96 * deviation)) < 0.1 * deviation)
  }

  @Test func bootstrapRepeatsAndValuesAreTheHeadlineOnes() throws {
    let models = try Self.models([0.8, 0.86])
    let bootstrap = PairedBootstrap(seed: 3, resamples: 200, scoreResamples: 50)
    let all = try bootstrap.differences(of: HeadlineMetric.allCases, [models[0]], [models[1]])
    #expect(try all == bootstrap.differences(of: HeadlineMetric.allCases, [models[0]], [models[1]]))
    #expect(all.count == HeadlineMetric.allCases.count)
    let headlines = models.map { HeadlineMetrics($0) }
    for difference in all {
      let (first, second) = (headlines[0][difference.metric], headlines[1][difference.metric])
      #expect(abs(difference.first - (first ?? .nan)) < 1e-6, "\(difference.metric)")
      #expect(abs(difference.second - (second ?? .nan)) < 1e-6, "\(difference.metric)")
      #expect(difference.interval.contains(difference.delta), "\(difference.metric)")
    }
  }

  @Test func seedsOfADocumentAreDrawnTogether() throws {
    let models = try Self.models([0.8, 0.86])
    let bootstrap = PairedBootstrap(seed: 5, resamples: 2000)
    let once = try bootstrap.differences(of: [.accuracy], [models[0]], [models[1]])[0].interval
    let copies = try bootstrap.differences(
      of: [.accuracy], [models[0], models[0], models[0]], [models[1], models[1], models[1]])[0].interval
    // The same runs three times over bring no certainty.
    #expect(abs(once.lower - copies.lower) < 0.002 && abs(once.upper - copies.upper) < 0.002)
  }

  @Test func holmIsOverThePairs() throws {
    let models = try Self.models([0.8, 0.87, 0.801])
    let bootstrap = PairedBootstrap(resamples: 500, scoreResamples: 20)
    let clear = try ModelComparison("A", [models[0]], "B", [models[1]], bootstrap: bootstrap)
    let unclear = try ModelComparison("A", [models[0]], "C", [models[2]], bootstrap: bootstrap)
    let corrected = ModelComparison.corrected([clear, unclear])
    #expect(corrected[0].adjustedPValue == min(1, 2 * clear.mcNemar.pValue))
    #expect(corrected[1].adjustedPValue == unclear.mcNemar.pValue)
    #expect(corrected[0][.accuracy]?.excludesZero == true && corrected[1][.accuracy]?.excludesZero == false)
  }

  @Test func otherDocumentsAreAnError() throws {
    let (left, right) = (try Self.models([0.8]), try Self.models([0.8], seed: 8))
    #expect(throws: FarqError.self) { try McNemar(left[0], right[0]) }
    #expect(throws: FarqError.self) { try PairedBootstrap().differences(of: [.accuracy], left, right) }
  }
}
