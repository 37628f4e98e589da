import FarqCore
import FarqDatasets
import FarqExperiment
import FarqTesting
import Foundation
import Testing

/// What `farq evaluate` measures on: no split is needed that is not asked for.
@Suite struct EvaluationDataTests {
  /// Rows of label and split.
  private static func data(
    _ rows: [(label: String, split: String)], _ choice: EvaluationData.Choice = .automatic, testLimit: Int? = nil
  ) throws -> EvaluationData {
    let folder = try TemporaryFolder()
    let lines = rows.enumerated().map { index, row in
      "{\"text\":\"خبر رقم \(index)\",\"label\":\"\(row.label)\""
        + (row.split.isEmpty ? "" : ",\"split\":\"\(row.split)\"")
        + "}\n"
    }
    try Data(lines.joined().utf8).write(to: folder.file("data.jsonl"))
    var settings = DataSettings()
    settings.location = folder.file("data.jsonl")
    settings.testLimit = testLimit
    return try EvaluationData(settings, choice)
  }

  private static func rows(_ split: String, count: Int = 20) -> [(label: String, split: String)] {
    (0..<count).map { ($0 % 2 == 0 ? "x" : "y", split) }
  }

  @Test(arguments: ["", "test", "train"])
  func everyDocumentIsMeasuredWhereThereIsNoOtherSplit(split: String) throws {
    let data = try Self.data(Self.rows(split))
    #expect(data.documents.documents(.test).count == 20)
    #expect(data.split == (split == "test" ? "test" : "all"))
    #expect(data.note.contains("20 documents"))
  }

  @Test func theTestSplitIsMeasuredWhereThereIsOne() throws {
    let rows = Self.rows("train") + Self.rows("test", count: 4)
    #expect(try Self.data(rows).documents.documents(.test).count == 4)
    #expect(try Self.data(rows, .all).documents.documents(.test).count == 24)
    #expect(try Self.data(rows, .split(.train)).documents.documents(.test).count == 20)
    #expect(try Self.data(Self.rows(""), testLimit: 3).documents.documents(.test).count == 6)
  }

  /// As a run draws it, so that a run's own validation documents can be measured.
  @Test func aValidationSplitIsDrawn() throws {
    let rows = Self.rows("train") + Self.rows("test", count: 4)
    let folder = try TemporaryFolder()
    let measured = try Self.data(rows, .split(.validation)).documents.documents(.test).map(\.text)
    let lines = rows.enumerated().map {
      "{\"text\":\"خبر رقم \($0)\",\"label\":\"\($1.label)\",\"split\":\"\($1.split)\"}\n"
    }
    try Data(lines.joined().utf8).write(to: folder.file("data.jsonl"))
    var settings = DataSettings()
    settings.location = folder.file("data.jsonl")
    #expect(try PreparedData(settings).documents(.validation).map(\.text) == measured)
  }

  @Test func aSplitThatIsNotThereIsAnError() throws {
    let error = #expect(throws: FarqError.self) { try Self.data(Self.rows("train"), .split(.test)) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("no documents of the test split") == true)
  }

  @Test func labelsAreComparedWithTheModels() throws {
    let one = try Self.data([("x", ""), ("x", "")])
    try one.check(against: ["x ", "y"])
    #expect(one.absent(of: ["x ", "y"]) == ["y"])
    let error = #expect(throws: FarqError.self) {
      try Self.data([("x", ""), ("w", ""), ("v", "")]).check(against: ["x", "y"])
    }
    #expect(error?.message.contains("does not know: v, w; its labels are x, y") == true, "\(error?.message ?? "")")
  }
}
