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
    return ([report.textTable.rendered()] + claims).joined(separator: "\n")
  }
}
