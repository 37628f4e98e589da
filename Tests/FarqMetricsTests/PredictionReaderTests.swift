import FarqCore
import FarqMetrics
import FarqTesting
import Foundation
import Testing

/// JSON lines of predictions, good and bad.
struct PredictionReaderTests {
  static func read(_ text: String, labels: [String] = []) throws -> Predictions {
    let folder = try TemporaryFolder()
    let file = folder.file("p.jsonl")
    try Data(text.utf8).write(to: file)
    return try PredictionReader.read(file, labels: labels)
  }

  @Test func readsWhatPythonWrites() throws {
    let predictions = try Self.read(
      "{\"id\": \"ا \\\" }\", \"target\": 1, \"logits\": [0.1, -2.5e-1, 0.30000001192092896]}\n\n"
        + "{\"logits\":[1,2,-3.4028234663852886e+38],\"x\":{\"a\":[1,{}]},\"target\":0}\r\n{\"target\":2,\"logits\":[0,0,1]}"
    )
    #expect(predictions.targets == [1, 0, 2] && predictions.labels == [2, 1, 2])
    #expect(predictions.scores == [0.1, -0.25, 0.3, 1, 2, -Float.greatestFiniteMagnitude, 0, 0, 1])
    #expect(predictions.scoreKind == .logits)
  }

  @Test func logitsWinOverProbabilitiesAndLabelsHaveNames() throws {
    let line = "{\"probabilities\": [0.5, 0.5], \"logits\": [3, 1], \"target\": \"رياضة\"}"
    let predictions = try Self.read(line, labels: ["طب", "رياضة"])
    #expect(predictions.targets == [1] && predictions.scores == [3, 1])
  }

  @Test func linesAcrossPiecesOfTheFileAreWhole() throws {
    let line = "{\"target\": 1, \"logits\": [0.25, 0.5, 0.125]}\n"
    let predictions = try Self.read(String(repeating: line, count: 60_000))
    #expect(predictions.count == 60_000 && predictions.scores.allSatisfy { [0.25, 0.5, 0.125].contains($0) })
  }

  @Test(arguments: [
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"logits\": [1, 2, 3]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 2, \"logits\": [1, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"probabilities\": [1, 0]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"logits\": [1, NaN]}",
    "{\"target\": 0, \"probabilities\": [1, 0]}\n{\"target\": 0, \"probabilities\": [1, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": \"x\", \"logits\": [1, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0.5, \"logits\": [1, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"logits\": [1, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0}",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"logits\": [1, 2",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"logits\": [1, 2]} x",
    "{\"target\": 0, \"logits\": [1, 2]}\n{\"target\": 0, \"logits\": [1,, 2]}",
    "{\"target\": 0, \"logits\": [1, 2]}\n[1]",
  ])
  func badLinesAreNamed(_ text: String) throws {
    let error = #expect(throws: FarqError.self) { try Self.read(text) }
    #expect(error?.kind == .badData && error?.message.contains("line 2") == true, "\(error?.message ?? "")")
  }

  @Test func labelsAloneAreEnough() throws {
    let numbers = try Self.read(
      "{\"label\": 2, \"prediction\": 0}\n{\"target\": 1, \"label\": \"x\", \"predicted\": 1}")
    #expect(numbers.targets == [2, 1] && numbers.labels == [0, 1] && numbers.classCount == 3 && !numbers.hasScores)
    let names = try Self.read(
      "{\"label\": \"طب\", \"prediction\": \"رياضة\"}\n{\"label\": \"رياضة\", \"prediction\": \"دين\"}")
    #expect(names.targets == [2, 1] && names.labels == [1, 0] && names.classCount == 3)
    let listed = try Self.read("{\"label\": \"b\", \"prediction\": \"a\"}", labels: ["b", "a", "c"])
    #expect(listed.targets == [0] && listed.labels == [1] && listed.classCount == 3)
    let suite = try #require(try MetricSuite(numbers).compute()["metrics"])
    #expect(suite["MulticlassAccuracy"]?["micro"]?.number == 0.5 && suite["MulticlassAUROC"] == nil)
  }

  @Test(arguments: [
    "{\"label\": 0, \"prediction\": 1}\n{\"label\": 0}",
    "{\"label\": 0, \"prediction\": 1}\n{\"label\": 0, \"prediction\": -1}",
    "{\"label\": 0, \"prediction\": 1}\n{\"label\": 123456789, \"prediction\": 1}",
    "{\"label\": 0, \"prediction\": 1}\n{\"label\": \"x\", \"prediction\": 1}",
    "{\"label\": \"x\", \"prediction\": \"x\"}\n{\"label\": 1, \"prediction\": 1}",
    "{\"label\": 0, \"prediction\": 1}\n{\"label\": 0, \"logits\": [1, 2]}",
    "{\"label\": 0, \"logits\": [1, 2]}\n{\"label\": 0, \"prediction\": 1}",
  ])
  func badLabelsAreNamed(_ text: String) throws {
    let error = #expect(throws: FarqError.self) { try Self.read(text) }
    #expect(error?.kind == .badData && error?.message.contains("line 2") == true, "\(error?.message ?? "")")
  }

  @Test func missingAndEmptyFilesAreErrors() throws {
    let missing = #expect(throws: FarqError.self) {
      try PredictionReader.read(URL(fileURLWithPath: "/nowhere/x.jsonl"))
    }
    #expect(missing?.kind == .missingInput)
    #expect(#expect(throws: FarqError.self) { try Self.read("\n") }?.kind == .badData)
  }
}
