import FarqReport
import Testing

@Suite("TextTable")
struct TextTableTests {
  @Test("columns are aligned by their width on the screen")
  func alignment() {
    let table = TextTable(
      columns: [.init("Label"), .init("F1", .trailing)],
      rows: [["ثقافة", "0.98"], ["رِيَاضَةٌ", "0.9"], ["経済", "10"], ["x"]])
    #expect(
      table.rendered() == """
        Label    F1
        ─────  ────
        ثقافة  0.98
        رِيَاضَةٌ   0.9
        経済     10
        x

        """)
  }

  @Test("cells cannot steer the terminal, long ones are cut")
  func cleaning() {
    let table = TextTable(columns: [.init("a")], rows: [["\u{1B}[31mred\nline"], ["0123456789"]])
    let lines = table.rendered(maximumCellWidth: 6).split(separator: "\n")
    #expect(lines[2] == " [31m…")
    #expect(lines[3] == "01234…")
    #expect(lines.count == 4)
  }

  @Test("no rows, no columns")
  func empty() {
    #expect(TextTable(columns: [], rows: [["a"]]).rendered() == "\n\n\n")
    #expect(TextTable(columns: [.init("a")], rows: []).rendered() == "a\n─\n")
  }

  @Test("the results of a run")
  func results() {
    let lines = SampleReport.report.textTable.rendered().split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[3].hasPrefix("diff-25 "))
    #expect(lines[3].contains("+0.31 *"))
    #expect(TextWidth.columns(String(lines[1])) >= TextWidth.columns(String(lines[3])))
  }
}
