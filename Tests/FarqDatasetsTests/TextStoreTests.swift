import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct TextStoreTests {
  /// Texts beyond the limit move to a file and read back the same.
  @Test(arguments: [0, 20, 1 << 20])
  func keepsTextsInMemoryOrInAFile(limit: Int) throws {
    let texts = (0..<3000).map { "نص رقم \($0) " + String(repeating: "كلمة ", count: $0 % 97) }
    var writer = TextStore.Writer(limit: limit)
    let offsets = try texts.map { try writer.add($0) }
    let store = try writer.finish()
    for index in [0, 1, 2999, 1500] + Array(texts.indices) {
      #expect(store.text(at: offsets[index], byteCount: texts[index].utf8.count) == texts[index])
    }
  }

  @Test func originsComeBackAsTheyWere() throws {
    let origins = ["a.txt", "a.jsonl:12", "b:0", "b:007", "x:y:3", ":5", "c:99999999999", "", "d:+4"]
    let dataset = try Dataset(
      documents: origins.enumerated().map {
        Document(text: "نص \($0)", label: "\($0 % 2)", split: .test, subset: "khaleej", origin: $1)
      })
    #expect(dataset.documents.map(\.origin) == origins)
    #expect(dataset.documents.allSatisfy { $0.subset == "khaleej" && $0.split == .test })
  }

  @Test func drawsASampleOfSoManyBytes() throws {
    let dataset = try Dataset(
      documents: (0..<100).map { Document(text: "text \(10 + $0 % 80)", label: "\($0 % 2)", origin: "f:\($0 + 1)") })
    let sample = dataset.documents.sample(byteCount: 70, seed: 1)
    #expect(sample.count == 10 && sample == dataset.documents.sample(byteCount: 70, seed: 1))
    #expect(sample != dataset.documents.sample(byteCount: 70, seed: 2))
    #expect(dataset.documents.sample(byteCount: 700, seed: 1) == dataset.documents)
  }

  @Test func writesJSONLinesThatReadBackTheSame() throws {
    let folder = try TemporaryFolder()
    let dataset = try Dataset(documents: [
      Document(text: "سطر\nوآخر \"مقتبس\" / \\", label: "أ", split: .train, origin: "1"),
      Document(text: "\u{1F600} \u{FFFD} \u{7}", label: "ب", split: .test, origin: "2"),
    ])
    try dataset.writeJSONLines(to: folder.file("out.jsonl"))
    #expect(try Dataset.load(from: folder.file("out.jsonl")).fingerprint == dataset.fingerprint)
    #expect(dataset.withoutSplits.documents.allSatisfy { $0.split == nil })
  }
}
