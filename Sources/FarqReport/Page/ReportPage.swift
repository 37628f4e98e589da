/// `report.html`: one page that needs no script, no network and no other file.
public struct ReportPage: Sendable {
  private let runs: [NamedRun]
  private let report: RunReport

  /// The page of one run.
  public init(_ report: RunReport) {
    self.report = report.withClaims
    runs = [NamedRun(name: "", report: report)]
  }

  /// The page of several runs, with one merged table; nil for no run.
  public init?(_ set: RunSet) {
    guard let merged = set.merged else { return nil }
    report = merged.withClaims
    runs = set.runs.count == 1 ? [NamedRun(name: "", report: merged)] : set.runs
  }

  /// The page, well-formed as HTML and as XML.
  public var html: String {
    let sections = self.sections
    let body = Markup.tag(
      "body", [:], header, navigation(sections.map { ($0.id, $0.title) }), .tag("main", [:], sections.map(\.markup)),
      footer)
    return PageParts.document(report.heading, styles: [ReportStyle.sheet], body)
  }

  private var header: Markup {
    let test = report.data.splits.first { $0.name == "test" }?.documents
    let facts = [
      runs.count == 1 ? report.data.name : runs.map(\.name).joined(separator: ", "),
      runs.count == 1 ? test.map { "\(Formatted.integer($0)) test documents" } : nil, report.environment.device,
      String(report.environment.date.prefix(10)),
    ]
    return .tag(
      "header", [:],
      .tag("p", ["class": "brand"], "Farq ", .tag("span", ["lang": "ar", "dir": "rtl"], "فرق")),
      .tag("h1", [:], Markup(report.heading)),
      .tag("p", ["class": "facts"], .tag("bdi", [:], Markup(facts.compactMap { $0 }.joined(separator: " · ")))))
  }

  private var sections: [(id: String, title: String, markup: Markup)] {
    var result: [(id: String, title: String, markup: Markup)] = [
      ("results", "Results", ResultsSection(report: report).markup),
      ("claims", "Claims", ClaimsSection(report: report).markup),
      ("pairs", "Pairs", ComparisonsSection(report: report).markup),
      ("metrics", "Metrics", FurtherSection(report: report).markup),
      ("training", "Training", TrainingSection(report: report).markup),
      ("lambda", "λ", LambdaSection(report: report).markup),
      ("confusion", "Confusion", ConfusionSection(report: report).markup),
      ("labels", "Labels", LabelsSection(report: report).markup),
      ("calibration", "Calibration", CalibrationSection(report: report).markup),
      ("mistakes", "Mistakes", MistakesSection(report: report).markup),
    ]
    for run in runs {
      let suffix = run.name
      result.append(
        (
          PageParts.identifier("data", suffix), label("Data", suffix),
          DataSection(data: run.report.data, suffix: suffix).markup
        ))
      result.append(
        (
          PageParts.identifier("environment", suffix), label("Environment", suffix),
          EnvironmentSection(
            environment: run.report.environment, identity: run.report.identity?.name, suffix: suffix
          ).markup
        ))
    }
    return result.filter { $0.markup != .empty }
  }

  private func label(_ title: String, _ suffix: String) -> String {
    suffix.isEmpty ? title : "\(title) of \(suffix)"
  }

  private func navigation(_ sections: [(id: String, title: String)]) -> Markup {
    .tag(
      "nav", ["aria-label": "Sections"],
      .tag("ul", [:], sections.map { .tag("li", [:], .tag("a", ["href": "#\($0.id)"], Markup($0.title))) }))
  }

  private var footer: Markup {
    .tag(
      "footer", [:],
      PageParts.paragraph(
        "Written by Farq \(report.environment.farqVersion). The numbers are in report.json and results.csv."))
  }
}
