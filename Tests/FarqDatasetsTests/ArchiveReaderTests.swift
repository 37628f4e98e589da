import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct ArchiveReaderTests {
  private static let texts = ["خسر الفريق اليوم", "حاسوب سريع جدا", "فاز الفريق في المباراة", "هاتف جديد في السوق"]

  @Test(arguments: ["good.zip", "good.tar", "good.tar.gz"])
  func readsArchivesOfLabelFolders(name: String) throws {
    let dataset = try Dataset.load(from: Fixture.url(name))
    #expect(dataset.documents.map(\.text) == Self.texts)
    #expect(dataset.documents.map(\.label) == ["Sports", "Tech", "Sports", "Tech"])
    #expect(dataset.documents.map(\.split) == [.test, .test, .train, .train])
    #expect(dataset.documents[0].origin.hasSuffix("\(name):news/test/Sports/1.txt"))
  }

  @Test(arguments: ["good.jsonl.gz", "joined.jsonl.gz", "records-in.tar"])
  func readsCompressedAndArchivedRecords(name: String) throws {
    let dataset = try Dataset.load(from: Fixture.url(name))
    #expect(Set(dataset.documents.map(\.text)) == Set(Self.texts))
    #expect(dataset.fingerprint == (try Dataset.load(from: Fixture.url("good.zip")).fingerprint))
    #expect(dataset.documents[1].origin.hasSuffix(":2"))
  }

  @Test func readsNamesBeyondASCII() throws {
    let dataset = try Dataset.load(from: Fixture.url("arabic-labels.zip"))
    #expect(dataset.labels == ["تقنية", "رياضة"])
  }

  @Test(arguments: [
    ("climbing.zip", "leads out"), ("climbing-deep.tar", "leads out"), ("climbing-backslash.zip", "leads out"),
    ("absolute.tar", "leads out"), ("drive.zip", "leads out"), ("symlink.tar", "is a link"),
    ("symlink.zip", "is a link"), ("hardlink.tar", "is a link"), ("device.tar", "is a link"),
    ("encrypted.zip", "encrypted"), ("wrong-checksum.zip", "damaged"), ("cut-off.zip", "damaged"),
    ("cut-off.tar.gz", "damaged"), ("cut-off.tar", "damaged"), ("cut-off.jsonl.gz", "damaged"),
    ("bomb.zip", "times its size"), ("bomb.jsonl.gz", "times its size"), ("not-a.zip", "no archive"),
    ("not-a.jsonl.gz", "not gzip-compressed"),
  ])
  func refusesWhatIsDamagedOrMadeToDoHarm(name: String, reason: String) throws {
    let error = #expect(throws: FarqError.self) {
      try Dataset.load(from: Fixture.url(name), options: LoadOptions(maximumDocumentBytes: 1 << 30))
    }
    #expect(error?.kind == .badData)
    #expect(error?.message.contains(name) == true)
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    #expect(!FileManager.default.fileExists(atPath: "/tmp/farq-evil"))
  }

  @Test func limitsAreOptions() throws {
    let url = Fixture.url("many.zip")
    #expect(throws: FarqError.self) {
      try DocumentReader(url: url, options: LoadOptions(archiveLimits: ArchiveLimits(members: 299))).forEach { _ in }
    }
    #expect(throws: FarqError.self) {
      try DocumentReader(url: url, options: LoadOptions(archiveLimits: ArchiveLimits(totalBytes: 299))).forEach { _ in }
    }
    var count = 0
    let limits = ArchiveLimits(members: 300, totalBytes: 300)
    try DocumentReader(url: url, options: LoadOptions(archiveLimits: limits)).forEach { _ in count += 1 }
    #expect(count == 300)
  }

  @Test(arguments: ["good.zip", "good.tar", "good.tar.gz", "good.jsonl.gz"])
  func readsStandardInput(name: String) throws {
    let handle = try FileHandle(forReadingFrom: Fixture.url(name))
    let options = LoadOptions(standardInput: handle.fileDescriptor)
    let dataset = try Dataset.load(from: URL(fileURLWithPath: "-"), options: options)
    #expect(dataset.fingerprint == (try Dataset.load(from: Fixture.url("good.zip")).fingerprint))
  }
}
