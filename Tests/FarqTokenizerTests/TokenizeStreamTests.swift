import FarqCore
import FarqTesting
import FarqTokenizer
import Foundation
import Testing

@Suite struct TokenizeStreamTests {
  struct Line: Decodable, Equatable {
    let input_ids: [Int32]
    let attention_mask: [Int32]
  }

  private static func encode(
    _ input: Data, maximumLength: Int?, blockSize: Int
  ) throws -> (lines: [Line], summary: TokenizeSummary) {
    let folder = try TemporaryFolder()
    try input.write(to: folder.file("in.jsonl"))
    try AtomicFile.write("", to: folder.file("out.jsonl"))
    let output = try FileHandle(forWritingTo: folder.file("out.jsonl"))
    let tokenizer = try BERTTokenizer(folder: Fixture.url("small"))
    let stream = TokenizeStream(
      tokenizer: tokenizer, maximumLength: maximumLength, threads: 3, blockSize: blockSize)
    let summary = try stream.run(input: folder.file("in.jsonl"), output: output)
    try output.close()
    let lines = try String(contentsOf: folder.file("out.jsonl"), encoding: .utf8).split(separator: "\n")
    return (try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }, summary)
  }

  @Test(arguments: [1, 50, 1 << 18]) func linesEqualTheTokenizerWhateverTheBlock(blockSize: Int) throws {
    let texts = try Fixture.decode(PeerIDs.self, from: "fast_ids.json").texts
    var input = Data()
    for (index, text) in texts.enumerated() {
      let object: [String: Any] =
        index % 3 == 0 ? ["text": text, "label": "x\n", "n": [1, ["text": 2]]] : ["text": text]
      input.append(try JSONSerialization.data(withJSONObject: object))
      input.append(Data((index % 5 == 0 ? "\r\n\n" : "\n").utf8))
    }
    let tokenizer = try BERTTokenizer(folder: Fixture.url("small"))
    for length in [nil, 6] {
      let (lines, summary) = try Self.encode(input, maximumLength: length, blockSize: blockSize)
      let expected = texts.map { tokenizer.encode($0, maximumLength: length) }
      #expect(lines.map(\.input_ids) == expected)
      #expect(lines.allSatisfy { $0.attention_mask == Array(repeating: 1, count: $0.input_ids.count) })
      #expect(summary.documents == texts.count && summary.tokens == expected.map(\.count).reduce(0, +))
      let cut = length == nil ? 0 : texts.filter { tokenizer.encode($0).count > 6 }.count
      #expect(summary.cutDocuments == cut)
    }
  }

  @Test func escapesAndOddObjectsAreRead() throws {
    let input = #"""
      {"text":"\u0627\u0644 \ud83d\ude00 \"x\" \ud800 \\n\n","label":-1.5e3}
      { "a" : null , "te\u0078t" : "ab" }
      {"text": "x", "text": "y"}
      """#
    let tokenizer = try BERTTokenizer(folder: Fixture.url("small"))
    let (lines, _) = try Self.encode(Data(input.utf8), maximumLength: nil, blockSize: 64)
    let texts = ["\u{627}\u{644} \u{1F600} \"x\" \u{FFFD} \\n\n", "ab", "y"]
    #expect(lines.map(\.input_ids) == texts.map { tokenizer.encode($0) })
  }

  @Test(arguments: [
    "{\"label\": 1}", "{\"text\": 5}", "[\"text\"]", "{\"text\": \"a\"", "{\"text\": \"a\"} x", "{\"text\": \"a\tb\"}",
    "nul",
    "{\"text\": \"\\x\"}",
  ]) func brokenLineIsNamed(line: String) throws {
    let good = String(repeating: "{\"text\": \"ab\"}\n\n", count: 20)
    let error = #expect(throws: FarqError.self) {
      _ = try Self.encode(Data((good + line + "\n" + good).utf8), maximumLength: nil, blockSize: 32)
    }
    #expect(error?.kind == .badData && error?.message.contains("in.jsonl line 41 ") == true)
  }
}
