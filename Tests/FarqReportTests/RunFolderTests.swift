import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

@Suite("RunFolder")
struct RunFolderTests {
  @Test("the folder holds the report, the page and the table")
  func contents() throws {
    let temporary = try TemporaryFolder()
    let folder = try RunFolder(temporary.file("runs/one"))
    try folder.write(SampleReport.report)
    let read = try RunReport.read(from: folder.url)
    #expect(read.models == SampleReport.report.models)
    #expect(!read.claims.isEmpty)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(Set(names) == ["report.json", "report.html", "results.csv"])
    if let path = ProcessInfo.processInfo.environment["FARQ_SAMPLE_REPORT"] {
      try RunFolder(URL(fileURLWithPath: path)).write(SampleReport.report)
      let both = RunSet(["first", "second"].map { NamedRun(name: $0, report: SampleReport.report) })
      for format in ReportFormat.allCases {
        let file = URL(fileURLWithPath: path).appendingPathComponent("both.\(format.rawValue)")
        try AtomicFile.write(#require(format.text(of: both)), to: file)
      }
      print(SampleReport.report.textTable.rendered())
    }
  }

  @Test("predictions are one line a document that reads back")
  func predictions() throws {
    let temporary = try TemporaryFolder()
    let folder = try RunFolder(temporary.url)
    let records = (0..<3).map {
      PredictionRecord(
        id: "سطر/\($0)\n", target: $0, predicted: 1, label: "أ", predictedLabel: "ب", logits: [0.25, -1.5, 3],
        probabilities: nil)
    }
    try folder.write(predictions: records, of: "run/diff-25")
    let file = temporary.file("predictions/run_diff-25.jsonl")
    let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
    #expect(try lines.map { try JSONDecoder().decode(PredictionRecord.self, from: Data($0.utf8)) } == records)
    #expect(lines[0].contains("\"logits\":[0.25,-1.5,3]"))
    #expect(lines[0].contains("\"target\":0"))
  }

  @Test("logits that are not finite are an error and leave nothing behind")
  func notFinite() throws {
    let temporary = try TemporaryFolder()
    let folder = try RunFolder(temporary.url)
    let record = PredictionRecord(id: "x", target: 0, predicted: 0, label: "a", predictedLabel: "a", logits: [.nan])
    let error = #expect(throws: FarqError.self) { try folder.write(predictions: [record], of: "m") }
    #expect(error?.kind == .badData)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.file("predictions").path).isEmpty)
  }

  @Test(
    "names of models become names of files",
    arguments: [
      ("diff-25", "diff-25"), ("a/b:c", "a_b_c"), ("..", "_.."), ("", "_"), ("a\u{1}b", "a_b"), ("نموذج", "نموذج"),
    ])
  func names(name: String, file: String) {
    #expect(RunFolder.fileName(of: name) == file)
  }
}
