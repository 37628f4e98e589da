import FarqReport
import Testing

@Suite("MarkdownReport")
struct MarkdownReportTests {
  private func text(_ report: RunReport) throws -> String {
    try #require(ReportFormat.markdown.text(of: RunSet([NamedRun(name: "r", report: report)])))
  }

  @Test("the table, the claims and the command are there")
  func contents() throws {
    let text = try text(SampleReport.report)
    #expect(text.hasPrefix("# BERT and its differential hybrids on Arabic news\n\n| Model | Accuracy |"))
    #expect(text.contains("| diff-25 | 98.60\u{202F}% (98.09–99.07) |"))
    #expect(text.contains("+0.31 (+0.04 to +0.57) \\* | 0.033 |"))
    #expect(text.contains("- diff-25 is better than baseline in accuracy"))
    #expect(text.contains("```sh\nfarq compare \\\n  --model models/small \\\n  --data 'my data/"))
    #expect(text.contains("| Culture | 325 |"))
  }

  @Test("hostile names stay text and every row keeps its columns")
  func escaping() throws {
    var report = SampleReport.report
    report.models[1].name = "a|b\n<img src=x> [l](u) `c` *d*"
    report.environment.commandLine = "farq ````\nrm"
    let text = try text(report)
    #expect(text.contains("| a\\|b &lt;img src=x> \\[l\\](u) \\`c\\` \\*d\\* |"))
    #expect(text.contains("`````sh\nfarq ````\nrm\n`````"))
    let table = text.split(separator: "\n").filter { $0.hasPrefix("| ") }.prefix(6)
    let bars = table.map { row in row.replacing("\\|", with: "").filter { $0 == "|" }.count }
    #expect(bars == [10, 10, 10, 10, 10, 10])
  }
}
