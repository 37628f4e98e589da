import FarqReport
import Foundation
import Testing

@Suite("LaTeXReport")
struct LaTeXReportTests {
  private func text(_ report: RunReport) throws -> String {
    try #require(ReportFormat.latex.text(of: RunSet([NamedRun(name: "r", report: report)])))
  }

  @Test("tables with rules, one row a model")
  func contents() throws {
    let text = try text(SampleReport.report)
    #expect(text.contains("\\begin{tabular}{lrrrrrrrr}\n      \\toprule\n      Model & Accuracy & Macro F1 &"))
    #expect(text.contains("diff-25 & 98.60\\,\\% (98.09--99.07) &"))
    #expect(text.contains("tf-idf + linear SVM & "))
    #expect(text.contains("$-$0.18"))
    #expect(text.contains("SANAD\\_SUBSET-khaleej.zip"))
    #expect(text.components(separatedBy: "\\begin{").count == text.components(separatedBy: "\\end{").count)
    let forbidden: [Character] = ["Δ", "−", "\u{202F}", "’"]
    #expect(!text.contains { forbidden.contains($0) })
  }

  @Test("everything that LaTeX would act on is escaped")
  func escaping() throws {
    var report = SampleReport.report
    report.models[1].name = "\\input{x} $a_1^2$ 50% #~&<>|\"\u{7}"
    let expected =
      "\\textbackslash{}input\\{x\\} \\$a\\_1\\textasciicircum{}2\\$ 50\\% \\#\\textasciitilde{}\\&"
      + "\\textless{}\\textgreater{}\\textbar{}\\textquotedbl{}  & "
    #expect(try text(report).contains(expected))
  }
}
