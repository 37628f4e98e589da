import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

/// Labels are never lost or merged in silence.
@Suite struct LabelTests {
  private static func load(
    _ rows: [String], name: String = "news.csv", options: LoadOptions = LoadOptions()
  ) throws -> Dataset {
    let content = (["text,label,split"] + rows).joined(separator: "\n") + "\n"
    let folder = try TemporaryFolder()
    return try Dataset.load(from: folder.write(name, content), options: options)
  }

  @Test(arguments: [" Sports", "Sports\t", "\u{200F}Sports\u{200E}", "\u{2067}Sports\u{2069}", "\u{FEFF}Sports\u{A0}"])
  func whatStandsAroundALabelIsTakenAwayAndSaid(name: String) throws {
    let data = try Self.load(["a,Sports,", "b,\(name),", "c,Tech,"])
    #expect(data.labels == ["Sports", "Tech"])
    let warning = try #require(data.warnings.first { $0.contains("without the blanks or invisible marks") })
    #expect(warning.hasPrefix("1 label read"), "\(warning)")
    #expect(LabelName.cleaned(name) == "Sports")
  }

  @Test func foldersAreReadAlike() throws {
    let folder = try TemporaryFolder()
    for path in ["Sports/1.txt", "Sports /2.txt", "\u{200F}Tech/1.txt"] { try folder.write("d/" + path, path) }
    let data = try Dataset.load(from: folder.file("d"))
    #expect(data.labels == ["Sports", "Tech"])
    #expect(data.warnings.contains { $0.hasPrefix("2 labels read without") && $0.contains("\"<U+200F>Tech\"") })
  }

  /// Blanks inside, letter case, width and invisible marks: kept apart and told of.
  @Test(arguments: ["sports news", "SportsNews", "Ｓports News", "Sports\u{200D} News"])
  func lookAlikesAreToldOf(other: String) throws {
    let data = try Self.load(["a,Sports News,", "b,\(other),", "c,Tech,"])
    #expect(data.labels.count == 3)
    #expect(data.warnings.contains { $0.contains("\"Sports News\"") && $0.contains("differ only in letter case") })
    #expect(try Self.load(["a,Sports,", "b,Tech,"]).warnings.isEmpty)
  }

  /// `أ` in one scalar and in two is one label in Swift, and that is said.
  @Test func twoUnicodeFormsAreReadAsOneAndToldOf() throws {
    let (one, two) = ("\u{0623}خبار", "\u{0627}\u{0654}خبار")
    let data = try Self.load(["a,\(one),", "b,\(two),", "c,Tech,", "d,\(two),"])
    #expect(data.labels.count == 2)
    #expect(data.labelIndices.count == 2)
    let warning = try #require(data.warnings.first { $0.contains("two Unicode forms") })
    #expect(warning.contains("U+0623 and U+0627 U+0654"), "\(warning)")
    #expect(data.documents.allSatisfy { $0.label == "Tech" || $0.label.map { Array($0.utf8) } == Array(one.utf8) })
  }

  @Test(arguments: ["", " ", "\u{200F}"])
  func aRowWithoutLabelIsNamed(empty: String) throws {
    let rows = ["a,x,", "b,\(empty),", "c,y,"]
    let error = #expect(throws: FarqError.self) { try Self.load(rows) }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains("news.csv:3 has no label (\"label\")") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("--skip-unlabelled") == true)
    let left = try Self.load(rows, options: LoadOptions(skipsUnlabelled: true))
    #expect(left.documents.map(\.text) == ["a", "c"])
    #expect(left.warnings.contains { $0.hasPrefix("1 document without label left out") && $0.contains("news.csv:3") })
    let audit = DataAudit(of: try Self.load(rows, options: LoadOptions(requireLabels: false)))
    #expect(audit.unlabelledDocuments == 1)
    #expect(audit.text.contains("without label      1\n"))
    #expect(audit.warnings.contains { $0.contains("news.csv:3") })
  }

  @Test func whereNoRowHasALabelTheColumnIsAskedFor() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(
      "bare.jsonl", "{\"text\":\"a\",\"topic\":\"x\"}\n{\"text\":\"b\",\"topic\":\"y\"}\n")
    let error = #expect(throws: FarqError.self) {
      try Dataset.load(from: url, options: LoadOptions(skipsUnlabelled: true))
    }
    #expect(error?.message.contains("none of its 2 documents has a label (\"label\")") == true)
    #expect(error?.message.contains("--label-column") == true)
  }

  @Test func whatASplitLacksIsToldOf() throws {
    let data = try Self.load(["a,x,train", "b,y,train", "c,x,test", "d,z,test", "e,z,test"])
    #expect(
      data.splitWarnings == [
        "the train split has no document of \"z\" (2 in test): no model can learn that",
        "the test split has no document of \"y\"",
      ])
    #expect(DataAudit(of: data).warnings.suffix(2) == data.splitWarnings.suffix(2))
    #expect(try Self.load(["a,x,", "b,y,"]).splitWarnings.isEmpty)
    #expect(try Self.load(["a,x,train", "b,y,train", "c,x,test", "d,y,test"]).splitWarnings.isEmpty)
  }

  @Test func aSingleLabelIsAnErrorUnlessAllowed() throws {
    #expect(throws: FarqError.self) { try Self.load(["a,x,", "b,x,"]) }
    #expect(try Self.load(["a,x,", "b,x,"], options: LoadOptions(allowsSingleLabel: true)).labels == ["x"])
  }

  @Test(.enabled(if: Fixture.strangersCase("spaces.csv") != nil, "needs ../shared/cases"))
  func readsTheStrangersFiles() throws {
    let spaces = try Dataset.load(from: #require(Fixture.strangersCase("spaces.csv")))
    #expect(spaces.labels == ["Sports", "Tech"])
    #expect(spaces.warnings.contains { $0.hasPrefix("6 labels read without") })
    let bare = try #require(Fixture.strangersCase("no-label.csv"))
    let error = #expect(throws: FarqError.self) { try Dataset.load(from: bare) }
    #expect(error?.message.contains("no-label.csv:4 has no label") == true)
    #expect(try Dataset.load(from: bare, options: LoadOptions(skipsUnlabelled: true)).documents.count == 11)
    let unseen = try Dataset.load(from: #require(Fixture.strangersCase("unseen-label.jsonl")))
    #expect(
      unseen.splitWarnings == ["the train split has no document of \"Weather\" (1 in test): no model can learn that"])
  }
}
