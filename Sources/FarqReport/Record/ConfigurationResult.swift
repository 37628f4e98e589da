import FarqMetrics

/// The models of a report that differ in the seed alone, as one: what a headline table has a row for.
struct ConfigurationResult: Sendable {
  /// The configuration’s name.
  let name: String
  /// Its models, one a seed; never empty.
  let models: [ModelReport]
  /// Its place among the report’s configurations, and so in the palette.
  let style: Int
  private let summaries: [SeedSummary]

  /// The configurations of a report, in the order of their first models.
  static func all(of report: RunReport) -> [ConfigurationResult] {
    var names: [String] = []
    for model in report.models where !names.contains(model.configuration) { names.append(model.configuration) }
    return names.enumerated().map { index, name in
      ConfigurationResult(
        name: name, models: report.models.filter { $0.configuration == name }, style: index,
        summaries: report.seedSummaries.filter { $0.configuration == name })
    }
  }

  /// The model of the first seed.
  var first: ModelReport { models[0] }

  /// A metric: its mean over the seeds; NaN where no model has it.
  func value(_ metric: HeadlineMetric) -> Double {
    Self.mean(models.map { metric.value(in: $0.metrics) ?? .nan })
  }

  /// The standard deviation over the seeds; nil for one seed.
  func deviation(_ metric: HeadlineMetric) -> Double? {
    guard models.count > 1 else { return nil }
    return summary(metric)?.standardDeviation
  }

  /// The 95 % interval: over documents for one seed, of the mean over seeds for several; nil where it is not known.
  func interval(_ metric: HeadlineMetric) -> ConfidenceInterval? {
    let interval = models.count > 1 ? summary(metric)?.ci95 : first.intervals[metric.rawValue]
    return interval.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
  }

  /// The mean training time.
  var trainSeconds: Double { Self.mean(models.map(\.trainSeconds)) }

  /// The mean training speed.
  var documentsPerSecond: Double { Self.mean(models.map(\.documentsPerSecond)) }

  /// The highest memory use.
  var peakMemoryBytes: Int { models.map(\.peakMemoryBytes).max() ?? 0 }

  private func summary(_ metric: HeadlineMetric) -> SeedSummary? {
    summaries.first { $0.metric == metric.rawValue }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
