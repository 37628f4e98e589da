import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct DatasetTests {
  private static let members = [
    ("SANAD_SUBSET/khaleej/Train/Sports/2.txt", "فاز الفريق"),
    ("SANAD_SUBSET/khaleej/Train/Sports/1.txt", "خسر الفريق"),
    ("SANAD_SUBSET/khaleej/Train/Tech/1.txt", "هاتف جديد"),
    ("SANAD_SUBSET/khaleej/Test/Tech/9.txt", "حاسوب جديد"),
    ("SANAD_SUBSET/khaleej/Test/Sports/9.txt", "مباراة اليوم"),
  ]

  @Test func readsSANADsZipAndFolderAlike() throws {
    let folder = try TemporaryFolder()
    var zip = StoredZip()
    for (path, text) in Self.members {
      zip.add(path, text)
      try folder.write("unpacked/" + path, text)
    }
    zip.add("__MACOSX/SANAD_SUBSET/khaleej/Train/Sports/._2.txt", "litter")
    zip.add("SANAD_SUBSET/khaleej/Train/Sports/.DS_Store", "litter")
    let packed = try Dataset.load(from: folder.write("sanad.zip", zip.data))
    let unpacked = try Dataset.load(from: folder.file("unpacked"))
    #expect(packed.documents.map(\.text) == unpacked.documents.map(\.text))
    #expect(packed.documents.map(\.text) == ["مباراة اليوم", "حاسوب جديد", "خسر الفريق", "فاز الفريق", "هاتف جديد"])
    #expect(packed.documents.map(\.split) == [.test, .test, .train, .train, .train])
    #expect(packed.documents.allSatisfy { $0.subset == "khaleej" })
    #expect(packed.labels == ["Sports", "Tech"])
    #expect(packed.fingerprint == unpacked.fingerprint)
    #expect(packed.encodings == [.utf8: 5])
    #expect(packed.warnings.contains { $0.contains("5850 train articles") && $0.contains("Sports 2") })
  }

  @Test func fingerprintDependsOnTextLabelAndSplitAndNotOnOrder() throws {
    let one = Document(text: "أ", label: "x", split: .train, origin: "1")
    let two = Document(text: "ب", label: "y", split: nil, origin: "2")
    let base = try Dataset(documents: [one, two])
    #expect(base.fingerprint.count == 64)
    #expect(try Dataset(documents: [two, one]).fingerprint == base.fingerprint)
    for change: (inout Document) -> Void in [{ $0.text = "ت" }, { $0.label = "z" }, { $0.split = .test }] {
      var changed = one
      change(&changed)
      #expect(try Dataset(documents: [changed, two]).fingerprint != base.fingerprint)
    }
  }

  @Test func saysWhatIsWrongWithTheKindOfFailure() throws {
    let folder = try TemporaryFolder()
    func failure(_ url: URL) -> FarqError? {
      #expect(throws: FarqError.self) { try Dataset.load(from: url) }
    }
    let missing = failure(folder.file("nowhere"))
    #expect(missing?.kind == .missingInput)
    #expect(missing?.message.contains("nowhere") == true)
    #expect(failure(folder.url)?.kind == .badData)
    #expect(failure(try folder.write("empty.jsonl", ""))?.kind == .badData)
    let bare = failure(try folder.write("bare.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\"}\n"))
    #expect(bare?.kind == .badData)
    #expect(bare?.message.contains("bare.jsonl:2") == true)
    let single = failure(try folder.write("single.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n"))
    #expect(single?.kind == .badData)
    #expect(single?.message.contains("\"x\"") == true)
  }

  @Test func leavesOutDocumentsWithoutTextAndSaysSo() throws {
    let dataset = try Dataset(documents: [
      Document(text: "a", label: "x", origin: "1"), Document(text: " \n\u{FEFF}", label: "x", origin: "2"),
      Document(text: "b", label: "y", origin: "3"),
    ])
    #expect(dataset.documents.map(\.text) == ["a", "b"])
    #expect(dataset.emptyDocuments == ["2"])
    #expect(dataset.warnings.contains { $0.contains("1 document without text") })
  }

  @Test(
    .enabled(
      if: Fixture.realText("SANAD_SUBSET-khaleej.zip") != nil, "the folder of real text is not on this machine"))
  func readsTheRealZipWhole() throws {
    let url = try #require(Fixture.realText("SANAD_SUBSET-khaleej.zip"))
    let dataset = try Dataset.load(from: url)
    #expect(dataset.labels == SANAD.labels)
    for label in SANAD.labels {
      #expect(dataset.documents(in: .train).count { $0.label == label } == 5850)
      #expect(dataset.documents(in: .test).count { $0.label == label } == 325)
    }
    #expect(dataset.documents.count == 43_225)
    #expect(dataset.encodings == [.utf8: 43_225])
    #expect(dataset.warnings.contains { $0.contains("650 test articles") })
  }
}
