import FarqMetrics

/// What can be claimed and what cannot, in words and as intervals around zero.
struct ClaimsSection: Sendable {
  /// The report.
  let report: RunReport

  /// The section; nothing where there is neither a claim nor a difference.
  var markup: Markup {
    let groups: [(ClaimKind, String, String?)] = [
      (.supported, "The run supports", nil),
      (.unsupported, "The run does not show", "That no difference is shown does not make two models equal."),
      (.caution, "Read with care", nil),
    ]
    let blocks = groups.compactMap(block)
    let results = ConfigurationResult.all(of: report)
    let charts = [HeadlineMetric.accuracy, .macroF1].compactMap { chart($0, results) }
    guard !blocks.isEmpty || !charts.isEmpty else { return .empty }
    var content: [Markup] = []
    if !blocks.isEmpty { content.append(.tag("div", ["class": "columns"], blocks)) }
    if !charts.isEmpty { content.append(PageParts.grid(charts)) }
    return PageParts.section("claims", "What can be claimed", content)
  }

  private func block(_ kind: ClaimKind, _ title: String, _ note: String?) -> Markup? {
    let members = report.claims.filter { $0.kind == kind }
    guard !members.isEmpty else { return nil }
    return .tag(
      "div", ["class": "claims \(kind.rawValue)"], .tag("h3", [:], Markup(title)),
      note.map { PageParts.paragraph($0) } ?? .empty,
      .tag("ul", [:], members.map { .tag("li", [:], Markup($0.statement)) }))
  }

  private func chart(_ metric: HeadlineMetric, _ results: [ConfigurationResult]) -> Markup? {
    let rows: [IntervalChart.Row] = results.compactMap { result in
      guard let found = BaselineDifference(of: result.name, in: metric, report: report), found.delta.isFinite else {
        return nil
      }
      return IntervalChart.Row(
        label: result.name, value: found.delta, interval: found.interval, style: result.style)
    }
    guard !rows.isEmpty else { return nil }
    let title = "\(metric.title): difference to the baseline"
    let chart = IntervalChart(
      id: "delta-\(metric.rawValue)", title: title, xTitle: "percentage points", factor: 100, rows: rows)
    return PageParts.figure(Markup(title), chart.markup)
  }
}
