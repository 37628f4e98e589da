import FarqCore
import FarqDatasets
import FarqTesting
import Foundation
import Testing

@Suite struct DataAuditTests {
  /// Forty different words in the order that a seed gives.
  private static func article(_ seed: UInt64, words: Int = 40) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<words).map { _ in "كلمة\(generator.below(100_000))" }
  }

  /// One text of many kinds: see the tests for who is who.
  private static func dataset() throws -> Dataset {
    let base = article(1)
    var near = base
    near[20] = "غيرها"
    var documents = [
      Document(text: base.joined(separator: " "), label: "Sports", split: .train, origin: "base"),
      Document(text: near.joined(separator: " "), label: "Sports", split: .test, origin: "near"),
      Document(text: article(2).joined(separator: " "), label: "Tech", split: .train, origin: "twice 1"),
      Document(text: article(2).joined(separator: " "), label: "Sports", split: .train, origin: "twice 2"),
      Document(text: article(3).joined(separator: " "), label: "Tech", split: .train, origin: "leak 1"),
      Document(text: article(3).joined(separator: " "), label: "Tech", split: .test, origin: "leak 2"),
    ]
    documents += (UInt64(10)..<30).map { seed in
      let label = seed.isMultiple(of: 2) ? "Tech" : "Sports"
      return Document(
        text: article(seed).joined(separator: " "), label: label, split: seed < 25 ? .train : .test, origin: "\(seed)")
    }
    return try Dataset(documents: documents, encodings: [.utf8: 26])
  }

  @Test func countsWhatIsThere() throws {
    let audit = DataAudit(of: try Self.dataset()) { $0.split(separator: " ").count * 20 }
    #expect(audit.documents == 26)
    #expect(audit.splits.map(\.split) == ["train", "test"])
    #expect(audit.splits.map(\.documents) == [19, 7])
    #expect(audit.splits[0].labels == ["Sports": 9, "Tech": 10])
    #expect(audit.words?.mean == 40)
    #expect(audit.tokens?.mean == 800)
    #expect(audit.tokens?.shareOverLimit == 1)
    #expect(audit.encodings == [.utf8: 26])
  }

  @Test func findsDuplicatesLeaksAndContradictions() throws {
    let audit = DataAudit(of: try Self.dataset())
    #expect(audit.exactDuplicates.groups == 2)
    #expect(audit.exactDuplicates.extra == 2)
    #expect(audit.nearDuplicates.groups == 1)
    #expect(audit.nearDuplicates.documents == 2)
    let pair = try #require(audit.nearDuplicates.examples.first)
    #expect(pair.first == "base" && pair.second == "near")
    // 38 runs of three each, 3 of which hold the changed word: 35 shared of 41.
    #expect(abs(pair.similarity - 35.0 / 41.0) < 1e-12)
    let leak = try #require(audit.leaks.first)
    #expect(audit.leaks.count == 1)
    #expect(leak.border == "train-test")
    #expect(leak.exact == 1 && leak.near == 1)
    #expect(leak.share == 2.0 / 7.0)
    #expect(audit.contradictions.exact == 1)
    #expect(audit.contradictions.examples.first?.second == "twice 2")
  }

  @Test func thresholdDecidesWhatIsNear() throws {
    let audit = DataAudit(of: try Self.dataset(), options: AuditOptions(nearThreshold: 0.9))
    #expect(audit.nearDuplicates.groups == 0)
  }

  @Test func largeBucketsOfBoilerplateAreStillClustered() throws {
    let base = Self.article(7, words: 300)
    let documents = (0..<400).map { index in
      var words = base
      words[150] = "رقم\(index)"
      return Document(
        text: words.joined(separator: " "), label: index.isMultiple(of: 2) ? "a" : "b",
        split: index < 300 ? .train : .test,
        origin: "\(index)")
    }
    let audit = DataAudit(of: try Dataset(documents: documents))
    #expect(audit.nearDuplicates.groups == 1)
    #expect(audit.nearDuplicates.documents == 400)
    #expect(audit.leaks.first?.near == 100)
  }

  @Test func goesThroughJSONAndIsWrittenAsTextAndHTML() throws {
    let documents = try Self.dataset().documents + [Document(text: "x <b> y", label: "<i>&", origin: "a<b")]
    let audit = DataAudit(of: try Dataset(documents: documents, warnings: ["<u>"]))
    let json = try JSONEncoder().encode(audit)
    #expect(try JSONDecoder().decode(DataAudit.self, from: json) == audit)
    #expect(audit.text.contains("leaks train-test   1 equal and 1 near, 28.6 % of the measuring side"))
    #expect(audit.html.contains("<svg"))
    #expect(audit.html.contains("&lt;i&gt;&amp;"))
    #expect(!audit.html.contains("<u>"))
    #expect(!audit.html.contains("http"))
    #expect(audit.html.contains("prefers-color-scheme:dark"))
  }

  @Test(
    .enabled(
      if: Fixture.realText("SANAD_SUBSET-khaleej.zip") != nil, "the folder of real text is not on this machine"))
  func looksThroughTheRealZip() throws {
    let dataset = try Dataset.load(from: try #require(Fixture.realText("SANAD_SUBSET-khaleej.zip")))
    let audit = DataAudit(of: dataset)
    #expect(audit.documents == 43_225)
    #expect(audit.markers.bylines > 5_000)
    if ProcessInfo.processInfo.environment["FARQ_SHOW"] != nil { print(audit.text) }
  }
}
