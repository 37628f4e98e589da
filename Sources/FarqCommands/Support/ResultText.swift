import FarqReport

/// The headline table of a run for the terminal.
struct ResultText {
  private let report: RunReport

  init(_ report: RunReport) {
    self.report = report
  }

  /// The table and what can be claimed.
  var text: String {
    let claims = report.withClaims.claims.map { "• \($0.statement)" }
    let run = report.identity.map { ["Run \($0.name)"] } ?? []
    return ([report.textTable.rendered()] + claims + run).joined(separator: "\n")
  }
}
