import FarqMetrics

/// How a configuration differs from its baseline in one metric.
struct BaselineDifference: Sendable {
  /// The configuration's metric minus the baseline's.
  let delta: Double
  /// The 95 % interval.
  let interval: ConfidenceInterval
  /// The p value of the McNemar test, Holm-corrected where that was done.
  let p: Double

  /// Finds the comparison of the configuration `name` with a baseline; nil where there is none.
  init?(of name: String, in metric: HeadlineMetric, report: RunReport) {
    let baselines = Set(report.models.filter(\.isBaseline).map(\.configuration))
    let candidates = report.comparisons.filter { $0.metric == metric.rawValue }
    if let found = candidates.first(where: { $0.b == name && baselines.contains($0.a) }) {
      delta = found.delta
      interval = found.ci95
      p = found.mcnemarPHolm.isFinite ? found.mcnemarPHolm : found.mcnemarP
    } else if let found = candidates.first(where: { $0.a == name && baselines.contains($0.b) }) {
      delta = -found.delta
      interval = ConfidenceInterval(lower: -found.ci95.upper, upper: -found.ci95.lower)
      p = found.mcnemarPHolm.isFinite ? found.mcnemarPHolm : found.mcnemarP
    } else {
      return nil
    }
  }

  /// Whether the difference may be claimed: the interval leaves out zero, and for accuracy the test agrees.
  func isSignificant(in metric: HeadlineMetric) -> Bool {
    interval.excludes(0) && (metric != .accuracy || !p.isFinite || p < 0.05)
  }
}
