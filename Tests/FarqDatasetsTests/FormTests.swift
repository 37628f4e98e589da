import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

/// Forms that people's tools write.
@Suite struct FormTests {
  private static func load(_ content: String, name: String, options: LoadOptions = LoadOptions()) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try Dataset.load(from: folder.write(name, content), options: options)
  }

  // MARK: - Tables

  @Test(arguments: [
    (";", "semicolons"), ("\t", "tabs"), ("|", "'|'"),
  ])
  func theDelimiterOfACSVIsFoundAndSaid(delimiter: String, name: String) throws {
    let rows = ["id;\"text\";label", "1;\"a, b\";x", "2;c;y"].map { $0.replacing(";", with: delimiter) }
    let data = try Self.load(rows.joined(separator: "\r\n"), name: "news.csv")
    #expect(data.documents.map(\.text) == ["a, b", "c"])
    #expect(data.labels == ["x", "y"])
    #expect(data.warnings.contains("1 CSV file read with \(name) between the fields"), "\(data.warnings)")
  }

  @Test func aCommaIsNothingToSpeakOf() throws {
    let data = try Self.load("text,label\n\"a; b; c\",x\nd,y\n", name: "news.csv")
    #expect(data.documents.map(\.text) == ["a; b; c", "d"])
    #expect(data.warnings.isEmpty)
  }

  @Test func theLineOfSpreadsheetsDecides() throws {
    let data = try Self.load("sep=;\ntext;label\na,b;x\nc;y\n", name: "news.csv")
    #expect(data.documents.map(\.text) == ["a,b", "c"])
    #expect(data.documents.map(\.origin).last?.hasSuffix("news.csv:4") == true)
  }

  /// Whatever pieces the bytes come in: a header that is not whole yet decides nothing.
  @Test(arguments: [1, 3, 7, 1000])
  func theHeaderMayComeInPieces(size: Int) throws {
    let text = Array("\nid;\"a\nb\";text;label\n1;2;c, d;x\n".utf8)
    var parser = DelimitedParser(
      name: "news.csv", sniffer: DelimiterSniffer(name: "news.csv", textColumn: "text"), limit: 1000)
    var rows: [[String]] = []
    for start in stride(from: 0, through: text.count, by: size) {
      let end = min(start + size, text.count)
      try text[start..<end].withUnsafeBufferPointer {
        try parser.parse($0, isLast: start + size > text.count) { row, _ in rows.append(row) }
      }
    }
    #expect(rows == [["id", "a\nb", "text", "label"], ["1", "2", "c, d", "x"]])
  }

  // MARK: - JSON

  private static let records =
    #"{"text": "a ] , \" [", "label": "x", "n": [1, {"y": "}"}]}, {"text": "b", "label": "y"}"#

  @Test(arguments: [
    "[\(records)]", "\u{FEFF} [\n\(records)\n]\n", #"{"data": [\#(records)]}"#,
    #"{"version": "0.1", "about": {"text": 1}, "data": [\#(records)], "end": [null]}"#,
    "{\n  \"data\" : [\(records)\n  ]\n}\n",
  ])
  func aListOfRecordsIsRead(content: String) throws {
    for name in ["news.json", "news.jsonl"] {
      let data = try Self.load(content, name: name)
      #expect(data.documents.map(\.text) == ["a ] , \" [", "b"])
      #expect(data.documents.map(\.label) == ["x", "y"])
    }
  }

  /// What comes before the text's key does not make a list of a line.
  @Test func aLineWithAListCalledDataIsALine() throws {
    let data = try Self.load(
      #"{"text": "a", "data": [1], "label": "x"}"# + "\n" + #"{"data": 1, "text": "b", "label": "y"}"#, name: "a.jsonl")
    #expect(data.documents.map(\.text) == ["a", "b"])
  }

  /// Whatever is read first: it tells what the whole tells, or nothing yet.
  @Test(arguments: [
    #"{"a": 4, "data": [{"text": 1}]}"#, #"{"text": "a", "data": []}"#, #" [{"text": "a"}]"#, #"{"a": [{"data": []}]}"#,
    #"{"a": 4.5e1, "b": true, "data": [],"c":1}"#, "\n\n{}\n",
  ])
  func theBeginningOfAFileMisleadsNobody(text: String) throws {
    let bytes = Array(text.utf8)
    let tell = { (count: Int) in
      bytes[..<count].withUnsafeBufferPointer {
        JSONLayout.tell($0, isWhole: count == bytes.count, textKey: "text")
      }
    }
    let whole = try #require(tell(bytes.count))
    for count in bytes.indices {
      let early = tell(count)
      #expect(early == nil || early == whole, "\(count)")
    }
  }

  @Test(arguments: [1, 2, 5, 64])
  func aListMayComeInPieces(size: Int) throws {
    let head = Array("{\"data\": [".utf8)
    let text = Array((Self.records + "\n, {\"text\":\n\"c\"} ] }").utf8)
    var splitter = JSONListSplitter(name: "news.json", limit: 1000, head: head)
    var found: [(String, Int, Int)] = []
    for start in stride(from: 0, through: text.count, by: size) {
      let end = min(start + size, text.count)
      try text[start..<end].withUnsafeBufferPointer {
        try splitter.split($0, isLast: start + size > text.count) { record, line, offset in
          found.append((String(decoding: record, as: UTF8.self), line, offset))
        }
      }
    }
    #expect(found.map(\.1) == [1, 1, 2])
    #expect(found.map(\.0).last == "{\"text\":\n\"c\"} ")
    #expect(found.allSatisfy { (head + text)[$0.2] == UInt8(ascii: "{") })
  }

  @Test(arguments: [
    ("[\(records)", ":1: the list of records does not end"),
    ("[\(records), ]", ":1: a record is missing beside a comma"),
    ("[\n, \(records)]", ":2: a record is missing beside a comma"),
    ("[\(records)] x", "behind the list of records something follows"),
    (#"{"data": [\#(records)]"#, "behind the list of records"),
    (#"{"data": [\#(records)], }"#, "behind the list of records"),
    ("[\(records),\n\n \"c\"]", ":3: a JSON object does not start at byte 1 of the record"),
    ("[{\n\"text\":\n 1 2}]", ":3: the object does not end at byte 4 of the record"),
    ("[{\"text\": \"a\", \"label\": [\"x\", \"y\"]}]", "the label is a list of several at byte"),
  ])
  func aBrokenListIsAnErrorWithItsPlace(content: String, message: String) throws {
    let error = #expect(throws: FarqError.self) { try Self.load(content, name: "news.json") }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("news.json") == true)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func aRecordOfAListIsBounded() throws {
    let long = "[{\"text\": \"" + String(repeating: "x", count: 200) + "\"}]"
    let error = #expect(throws: FarqError.self) {
      try Self.load(long, name: "news.json", options: LoadOptions(maximumDocumentBytes: 100))
    }
    #expect(error?.message.contains("longer than 100 bytes") == true)
  }

  @Test func aLabelMayBeAListOfOne() throws {
    let lines = [#"{"text": "a", "label": ["x"]}"#, #"{"text": "b", "label": [ 3 ]}"#, #"{"text": "c", "label": []}"#]
    let data = try Self.load(
      lines.joined(separator: "\n"), name: "news.jsonl", options: LoadOptions(skipsUnlabelled: true))
    #expect(data.documents.map(\.label) == ["x", "3"])
    let several = #expect(throws: FarqError.self) {
      try Self.load(#"{"text": "a", "label": ["x", "y"]}"#, name: "news.jsonl")
    }
    #expect(several?.message.contains("each document needs one label") == true)
  }

  @Test(.enabled(if: Fixture.strangersCase("records.json") != nil, "needs ../shared/cases"))
  func strangersFilesAreRead() throws {
    for name in ["records.json", "semicolon.csv"] {
      let data = try Dataset.load(from: #require(Fixture.strangersCase(name)))
      #expect(data.labels == ["Sports", "Tech"])
      #expect(data.documents(in: .train).count == 8 && data.documents(in: .test).count == 4)
    }
    let sheet = try Dataset.load(from: #require(Fixture.strangersCase("semicolon.csv")))
    #expect(sheet.warnings.contains { $0.contains("semicolons") })
  }

  // MARK: - Compressed files in folders and archives

  private static let packed = Fixture.url("good.jsonl.gz")

  @Test(arguments: ["folder", "zip"])
  func compressedFilesAreReadWhereverTheyLie(place: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: Self.packed)
    let article = try Data(contentsOf: Fixture.url("article.txt.gz"))
    let files = [("d/train.jsonl.gz", bytes), ("d/Sports/1.txt.gz", article), ("d/Sports/2.txt", Data("plain".utf8))]
    var zip = StoredZip()
    for (path, content) in files {
      if place == "zip" { zip.add(path, content) } else { try folder.write(path, content) }
    }
    let url = place == "zip" ? try folder.write("d.zip", zip.data) : folder.file("d")
    let data = try Dataset.load(from: url)
    #expect(data.documents.count == 6)
    #expect(data.documents.map(\.text).contains("فاز الفريق بالمباراة\n"))
    #expect(data.documents.filter { $0.label == "Sports" }.map(\.text).contains("plain"))
  }

  @Test(arguments: [
    ("not-a.jsonl.gz", "is not gzip-compressed"), ("cut-off.jsonl.gz", "damaged or cut off"),
    ("bomb.jsonl.gz", "times its size"),
  ])
  func badCompressedFilesAreRefusedInAnArchive(name: String, message: String) throws {
    let folder = try TemporaryFolder()
    var zip = StoredZip()
    zip.add("data/\(name)", try Data(contentsOf: Fixture.url(name)))
    let options = LoadOptions(maximumDocumentBytes: 1 << 30)
    let error = #expect(throws: FarqError.self) {
      try Dataset.load(from: folder.write("d.zip", zip.data), options: options)
    }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("d.zip:data/\(name)") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  /// The bound holds for all compressed files together.
  @Test func compressedFilesAreBoundedTogether() throws {
    let folder = try TemporaryFolder()
    let article = try Data(contentsOf: Fixture.url("article.txt.gz"))
    for index in 0..<10 { try folder.write("d/\(index % 2)/\(index).txt.gz", article) }
    var options = LoadOptions(archiveLimits: ArchiveLimits(totalBytes: 390))
    #expect(try Dataset.load(from: folder.file("d"), options: options).documents.count == 10)
    options.archiveLimits.totalBytes = 380
    let error = #expect(throws: FarqError.self) { try Dataset.load(from: folder.file("d"), options: options) }
    #expect(error?.message.contains("is refused") == true)
  }

  // MARK: - Hugging Face's datasets

  @Test(
    .enabled(if: Fixture.pythonWithPyarrow != nil, "$FARQ_PYTHON_WITH_PYARROW names no Python that has pyarrow"),
    arguments: ["datasets", "datasets-plain", "feather"])
  func readsFoldersOfDatasets(name: String) throws {
    let options = LoadOptions(python: try #require(Fixture.pythonWithPyarrow))
    let data = try Dataset.load(from: Fixture.url(name), options: options)
    #expect(data.documents(in: .train).map(\.text) == ["فاز الفريق\nاليوم", "هاتف جديد"])
    #expect(data.documents(in: .train).map(\.label) == ["Sports", "Tech"])
    if name == "datasets" {
      #expect(data.documents(in: .test).map(\.text) == ["خسر \"الفريق\""])
      #expect(data.warnings.contains { $0.contains("passed over as no data") && $0.contains("dataset_dict.json") })
    }
  }
}
