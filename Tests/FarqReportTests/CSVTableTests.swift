import FarqReport
import Testing

@Suite("CSVTable")
struct CSVTableTests {
  @Test("fields are quoted where RFC 4180 wants it")
  func quoting() {
    let table = CSVTable(
      header: ["name", "value"],
      rows: [["a,b", "say \"no\""], ["سطر\nثان", " x"], ["plain", ""], ["\r", "\"\u{0651}"]])
    #expect(
      table.text
        == "name,value\r\n\"a,b\",\"say \"\"no\"\"\"\r\n\"سطر\nثان\",\" x\"\r\nplain,\r\n\"\r\",\"\"\"\u{0651}\"\r\n")
  }

  @Test("one row a model, metrics as columns, undefined numbers empty")
  func results() throws {
    let table = SampleReport.report.resultsTable
    #expect(table.rows.count == 4)
    #expect(table.rows.allSatisfy { $0.count == table.header.count })
    func cell(_ row: Int, _ name: String) throws -> String {
      table.rows[row][try #require(table.header.firstIndex(of: name))]
    }
    #expect(try cell(1, "name") == "diff-25")
    #expect(try cell(1, "accuracy") == "0.986")
    #expect(try cell(1, "ratio") == "0.25")
    #expect(try cell(1, "peak_memory_bytes") == "3682000000")
    #expect(try cell(3, "log_loss") == "")
    #expect(try cell(0, "MulticlassF1Score.macro") == "0.9823")
    #expect(try cell(3, "best_epoch") == "")
    #expect(Set(table.header).count == table.header.count)
  }
}
