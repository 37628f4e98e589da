import FarqCore

/// Two models on the same documents: the differences of all headline metrics and McNemar's exact test.
///
/// With several seeds the test is on pooled predictions, which counts every document once a seed; the intervals draw documents
/// with all their seeds.
public struct ModelComparison: Sendable, Equatable, Codable {
  /// The first model's name, usually the baseline.
  public let first: String
  /// The second model's name.
  public let second: String
  /// How many documents.
  public let documentCount: Int
  /// How many seeds of each model.
  public let seedCount: Int
  /// The differences, second minus first.
  public let differences: [MetricDifference]
  /// McNemar's test on the (pooled) predictions.
  public let mcNemar: McNemar
  /// Its p-value after Holm's correction over all pairs compared; set by ``corrected(_:)``.
  public internal(set) var adjustedPValue: Double

  /// Compares two models; predictions have one element a seed, in the same order of seeds.
  ///
  /// - Throws: ``FarqError`` `usage` where documents or numbers of seeds differ.
  public init(
    _ first: String, _ firstRuns: [Predictions], _ second: String, _ secondRuns: [Predictions],
    bootstrap: PairedBootstrap = PairedBootstrap()
  ) throws {
    guard firstRuns.count == secondRuns.count, let documents = firstRuns.first?.count else {
      throw FarqError(.usage, "\(first) has \(firstRuns.count) seeds, \(second) \(secondRuns.count); compare as many")
    }
    self.first = first
    self.second = second
    documentCount = documents
    seedCount = firstRuns.count
    differences = try bootstrap.differences(of: HeadlineMetric.allCases, firstRuns, secondRuns)
    let tests = try zip(firstRuns, secondRuns).map { try McNemar($0, $1) }
    mcNemar = McNemar(
      onlyFirstRight: tests.reduce(0) { $0 + $1.onlyFirstRight },
      onlySecondRight: tests.reduce(0) { $0 + $1.onlySecondRight })
    adjustedPValue = mcNemar.pValue
  }

  /// The comparisons with their p-values corrected for how many they are (Holm).
  public static func corrected(_ comparisons: [ModelComparison]) -> [ModelComparison] {
    zip(comparisons, Holm.adjusted(comparisons.map(\.mcNemar.pValue))).map { comparison, pValue in
      var corrected = comparison
      corrected.adjustedPValue = pValue
      return corrected
    }
  }

  /// The difference of `metric`, where it was measured.
  public subscript(metric: HeadlineMetric) -> MetricDifference? {
    differences.first { $0.metric == metric }
  }
}
