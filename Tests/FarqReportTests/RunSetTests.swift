import FarqReport
import Testing

@Suite("RunSet")
struct RunSetTests {
  @Test("one run stays as it is, none is nothing")
  func single() {
    #expect(RunSet([NamedRun(name: "a", report: SampleReport.report)]).merged == SampleReport.report)
    #expect(RunSet([]).merged == nil)
    #expect(ReportFormat.allCases.allSatisfy { $0.text(of: RunSet([])) == nil })
  }

  @Test("models of several runs stand in one table under the names of their runs")
  func several() throws {
    var other = SampleReport.report
    other.data.fingerprint = "another"
    let set = RunSet([
      NamedRun(name: "run", report: SampleReport.report), NamedRun(name: "run", report: other),
    ])
    let merged = try #require(set.merged)
    #expect(merged.models.map(\.name)[1] == "run/diff-25")
    #expect(merged.models.map(\.name)[5] == "run-2/diff-25")
    #expect(merged.claims[0].statement.contains("fingerprints differ"))
    #expect(merged.textTable.rows[5][3] == "+0.31 *")
    let markdown = try #require(ReportFormat.markdown.text(of: set))
    #expect(markdown.contains("| run-2/diff-25 |"))
    #expect(markdown.contains("## Environment of run-2"))
  }
}
