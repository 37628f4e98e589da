import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct JSONLinesTests {
  private static func read(_ content: String, options: LoadOptions = LoadOptions()) throws -> [Document] {
    let folder = try TemporaryFolder()
    var documents: [Document] = []
    let url = try folder.write("news.jsonl", content)
    try DocumentReader(url: url, options: options).forEach { documents.append($0) }
    return documents
  }

  @Test func readsEveryKindOfValue() throws {
    let documents = try Self.read(
      #"{"id": [1, {"a": "]}"}, -2.5e+3], "text": "سطر\nثان \"\u0645\uD83D\uDE00\" \/\\\t", "label": "رياضة", "split": "train"}"#
        + "\r\n\n" + #" { "label" : 3 , "x" : null , "text":"" , "te\u0078t" : "last wins"} "# + "\n"
        + #"{"text": "c", "label": true, "split": null}"#)
    #expect(documents.map(\.text) == ["سطر\nثان \"م😀\" /\\\t", "last wins", "c"])
    #expect(documents.map(\.label) == ["رياضة", "3", "true"])
    #expect(documents.map(\.split) == [.train, nil, nil])
    #expect(documents.map { $0.origin.split(separator: ":").last } == ["1", "3", "4"])
  }

  @Test(arguments: [
    #"{"text": "a\u00e9b", "label": "x"}"#, #"{"text":"\b\f\n\r\t","label":"x"}"#,
    #"{"label":"x","text":"\ud834\udd1e"}"#,
    #"{"text": "a", "label": "x", "n": [0, -0, 1.5, 1e5, 1E-5, 10], "o": {}, "l": [], "t": [true, false, null]}"#,
  ])
  func readsWhatFoundationReads(line: String) throws {
    struct Row: Decodable {
      let text: String
      let label: String
    }
    let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
    let document = try #require(try Self.read(line).first)
    #expect(document.text == row.text && document.label == row.label)
  }

  /// What Python's `json.loads` refuses too, but for lone halves of surrogate pairs, which no UTF-8 can hold.
  @Test(arguments: [
    #"{"text": "a", "label": "x",}"#, #"{"text": "a" "label": "x"}"#, #"{"text": "a", "label": "x"} x"#, #"["text"]"#,
    #"{"text": "\x", "label": "x"}"#, #"{"text": "\ud800", "label": "x"}"#, #"{"text": "\udc00\ud800", "label": "x"}"#,
    #"{"text": "a", "label": "x", "n": 01}"#, #"{"text": "a", "label": "x", "n": 1.}"#,
    #"{"text": "a", "label": "x", "n": .5}"#, #"{"text": "a", "label": "x", "n": +1}"#,
    #"{"text": "a", "label": "x", "n": nul}"#, #"{"text": "a, "label": "x"}"#,
    #"{"text": "a", "label": "x", "n": [1, ]}"#,
    #"{"text": "a", "label": "x""#, "{\"text\": \"a\u{1}\", \"label\": \"x\"}", #"{text: "a", "label": "x"}"#,
    #"{"text": "\u12", "label": "x"}"#, #"{"text": "a", "label": "x", "n": {"a" 1}}"#, "{",
  ])
  func refusesWhatIsNotJSON(line: String) throws {
    let error = #expect(throws: FarqError.self) { try Self.read(line) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("news.jsonl:1: ") == true)
  }

  @Test func saysWhereALineIsWrong() throws {
    let lines = "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": 1 2}\n"
    let error = #expect(throws: FarqError.self) { try Self.read(lines) }
    #expect(error?.message.contains("news.jsonl:2: the object does not end at byte 12 of the line (offset 39") == true)
    let list = #expect(throws: FarqError.self) { try Self.read("{\"text\": [\"a\"]}") }
    #expect(list?.message.contains("not an object or list") == true)
    let deep = "{\"x\": " + String(repeating: "[", count: 100_000) + "}"
    #expect(throws: FarqError.self) { try Self.read(deep) }
    let long = #expect(throws: FarqError.self) {
      try Self.read(
        "{\"text\": \"" + String(repeating: "x", count: 200), options: LoadOptions(maximumDocumentBytes: 100))
    }
    #expect(long?.message.contains("longer than 100 bytes") == true)
  }

  @Test func predictionNeedsNoLabels() throws {
    let documents = try Self.read("{\"text\": \"a\"}\n{\"text\": \"\"}\n", options: LoadOptions(requireLabels: false))
    #expect(documents.map(\.text) == ["a", ""])
    #expect(throws: FarqError.self) {
      try Self.read("{\"label\": \"a\"}\n", options: LoadOptions(requireLabels: false))
    }
  }

  @Test func whatTheCallerThrowsComesThrough() throws {
    struct Enough: Error {}
    let folder = try TemporaryFolder()
    let url = try folder.write("news.jsonl", String(repeating: "{\"text\": \"a\", \"label\": \"x\"}\n", count: 10))
    var count = 0
    #expect(throws: Enough.self) {
      try DocumentReader(url: url).forEach { _ in
        count += 1
        if count == 3 { throw Enough() }
      }
    }
    #expect(count == 3)
  }

  @Test(.enabled(if: Fixture.realText("khaleej-mini.jsonl") != nil, "the folder of real text is not on this machine"))
  func readsTheRealLines() throws {
    let dataset = try Dataset.load(from: try #require(Fixture.realText("khaleej-mini.jsonl")))
    #expect(dataset.documents(in: .train).count == 700)
    #expect(dataset.documents(in: .test).count == 210)
    #expect(dataset.labels == SANAD.labels)
  }
}
