import FarqCore
import FarqReport
import FarqTesting
import Foundation
import Testing

@Suite("RunReport")
struct RunReportTests {
  @Test("a written report reads back equal, undefined numbers included")
  func roundTrip() throws {
    let report = SampleReport.report
    let read = try JSONDecoder().decode(RunReport.self, from: report.json())
    #expect(read == report)
    #expect(try read.json() == report.json())
    #expect(read.models[3].metrics["log_loss"] == .number(.nan))
    #expect(read.models[0].reliability[0].accuracy.isNaN)
    #expect(read.models[0].metrics["MulticlassF1Score"]?.number == nil)
  }

  @Test("the keys are those that were promised")
  func keys() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: SampleReport.report.json()) as? [String: Any])
    #expect(Set(["models", "comparisons", "data", "environment"]).isSubset(of: object.keys))
    let model = try #require((object["models"] as? [[String: Any]])?.last)
    let promised: Set = [
      "name", "attention", "ratio", "seed", "parameters", "metrics", "train_seconds", "documents_per_second",
      "peak_memory_bytes",
    ]
    #expect(promised.isSubset(of: model.keys))
    let comparison = try #require((object["comparisons"] as? [[String: Any]])?.first)
    #expect(Set(["a", "b", "metric", "delta", "ci95", "mcnemar_p", "mcnemar_p_holm"]).isSubset(of: comparison.keys))
    #expect((comparison["ci95"] as? [Double]) == [0.0004, 0.0057])
    let text = String(decoding: try SampleReport.report.json(), as: UTF8.self)
    #expect(
      text.range(of: #""[a-z0-9_]*[a-z][A-Z]\w*" :"#, options: .regularExpression).map { String(text[$0]) } == nil)
  }

  @Test("NaN and infinity are null")
  func undefined() throws {
    var report = SampleReport.report
    report.models[0].trainSeconds = .infinity
    report.models[0].metrics = ["a": .list([.number(.nan), 1.5]), "b": .named(["c": .number(-.infinity)])]
    report.comparisons[0].ci95 = ConfidenceInterval(lower: .nan, upper: 1)
    let object = try JSONSerialization.jsonObject(with: report.json()) as? [String: Any]
    let model = try #require((object?["models"] as? [[String: Any]])?.first)
    #expect(model["train_seconds"] is NSNull)
    let metrics = try #require(model["metrics"] as? [String: Any])
    let list = try #require(metrics["a"] as? [Any])
    #expect(list[0] is NSNull)
    #expect(list[1] as? Double == 1.5)
    let read = try JSONDecoder().decode(RunReport.self, from: report.json())
    #expect(read.models[0].metrics == ["a": .list([.number(.nan), 1.5]), "b": .named(["c": .number(.nan)])])
    #expect(read.comparisons[0].ci95.lower.isNaN)
  }

  @Test("a report with only the promised keys can be read")
  func least() throws {
    let json = """
      {"models": [{"name": "a", "attention": "standard", "ratio": 0, "seed": 1, "parameters": 2, "metrics": {},
      "train_seconds": null, "documents_per_second": 3, "peak_memory_bytes": 4}], "comparisons": [],
      "data": {"name": "d", "fingerprint": "f"},
      "environment": {"farq_version": "1", "date": "2026", "command_line": "farq"}}
      """
    let report = try JSONDecoder().decode(RunReport.self, from: Data(json.utf8))
    #expect(report.models[0].trainSeconds.isNaN)
    #expect(report.models[0].evaluatedSplit == "test")
    #expect(report.environment.device == "cpu")
  }

  @Test("what is no report is an error of the right kind")
  func errors() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FarqError.self) { try RunReport.read(from: folder.url) }
    try AtomicFile.write("{\"models\": 3}", to: folder.file("report.json"))
    let error = #expect(throws: FarqError.self) { try RunReport.read(from: folder.url) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("models") == true)
    let missing = #expect(throws: FarqError.self) { try RunReport.read(from: folder.file("nothing")) }
    #expect(missing?.kind == .missingInput)
    var report = SampleReport.report
    report.format = 2
    try AtomicFile.write(report.json(), to: folder.file("report.json"))
    #expect(throws: FarqError.self) { try RunReport.read(from: folder.file("report.json")) }
  }
}
