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

  @Test func missingAndEmptyFilesAreErrors() throws {
    let missing = #expect(throws: FarqError.self) {
      try PredictionReader.read(URL(fileURLWithPath: "/nowhere/x.jsonl"))
    }
    #expect(missing?.kind == .missingInput)
    #expect(#expect(throws: FarqError.self) { try Self.read("\n") }?.kind == .badData)
  }
}
