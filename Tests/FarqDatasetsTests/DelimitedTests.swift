import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct DelimitedTests {
  private static func read(
    _ content: String, name: String = "news.csv", options: LoadOptions = LoadOptions()
  ) throws -> [Document] {
    let folder = try TemporaryFolder()
    var documents: [Document] = []
    let url = try folder.write(name, content)
    try DocumentReader(url: url, options: options).forEach { documents.append($0) }
    return documents
  }

  private static func failure(_ content: String, options: LoadOptions = LoadOptions()) -> FarqError? {
    #expect(throws: FarqError.self) { try read(content, options: options) }
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func readsQuotedFieldsOverSeveralLines(end: String) throws {
    let rows = [
      "id,Label , TEXT,split", "1,رياضة,\"سطر\nثان، \"\"مقتبس\"\", وفاصلة\",train", "", "2,تقنية,عادي \"هنا\",dev",
      "3,أ,\"\",test",
    ]
    let documents = try Self.read(rows.joined(separator: end) + end)
    #expect(documents.map(\.text) == ["سطر\nثان، \"مقتبس\", وفاصلة", "عادي \"هنا\"", ""])
    #expect(documents.map(\.label) == ["رياضة", "تقنية", "أ"])
    #expect(documents.map(\.split) == [.train, .validation, .test])
    // The header is line 1, the quoted line feed makes line 3, then a blank line.
    #expect(documents.map { $0.origin.split(separator: ":").last } == ["2", "5", "6"])
  }

  @Test func aRowOfDelimitersAloneIsBounded() {
    let error = Self.failure("text,label\n" + String(repeating: ",", count: 70_000))
    #expect(error?.kind == .badData && error?.message.contains(":2: the row has more than 65536 fields") == true)
  }

  @Test func readsTabsAndALastLineWithoutEnd() throws {
    let documents = try Self.read("label\ttext\na\tone, two\nb\t\"tab\there\"", name: "news.tsv")
    #expect(documents.map(\.text) == ["one, two", "tab\there"])
  }

  @Test func columnsAreNamedByOption() throws {
    let options = LoadOptions(textColumn: "article", labelColumn: "category", splitColumn: "part")
    let documents = try Self.read("category,article,part\nx,y,testing\n", options: options)
    #expect(documents == [Document(text: "y", label: "x", split: .test, origin: documents[0].origin)])
    let bare = try Self.read("text\nonly\n", options: LoadOptions(requireLabels: false))
    #expect(bare.map(\.label) == [nil])
  }

  @Test func saysWhereARowIsWrong() throws {
    #expect(Self.failure("text,label\n\"open,x\nmore\n")?.message.contains("news.csv:2: the quote") == true)
    #expect(Self.failure("text,label\na,b\nc\n")?.message.contains("news.csv:3: the row has 1 fields") == true)
    #expect(Self.failure("text,label\n\"a\"b,c\n")?.message.contains("news.csv:2: something follows") == true)
    #expect(Self.failure("body,label\na,b\n")?.message.contains("no column \"text\", only \"body\"") == true)
    #expect(Self.failure("text,class\na,b\n")?.message.contains("no column \"label\"") == true)
    #expect(Self.failure("text,label,split\na,b,holdout\n")?.message.contains("\"holdout\" is no split") == true)
    #expect(Self.failure("text,label\na,\n")?.message.contains("news.csv:2 has no label (\"label\")") == true)
    let long = LoadOptions(maximumDocumentBytes: 100)
    let error = Self.failure("text,label\n\"" + String(repeating: "x\n", count: 100), options: long)
    #expect(error?.message.contains("news.csv:2: a field is longer than 100 bytes") == true)
    #expect(error?.kind == .badData)
  }
}
