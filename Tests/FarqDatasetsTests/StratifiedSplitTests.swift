import FarqCore
import FarqDatasets
import Foundation
import Testing

@Suite struct StratifiedSplitTests {
  /// 100 documents of "a" and 50 of "b", every tenth text of "a" three times over.
  private static func dataset(test: Bool, reversed: Bool = false) throws -> Dataset {
    var documents = (0..<100).map { Document(text: "a\($0)", label: "a", split: nil, origin: "a\($0)") }
    documents += (0..<50).map { Document(text: "b\($0)", label: "b", split: .train, origin: "b\($0)") }
    documents += (0..<10).flatMap { index in
      (0..<2).map { Document(text: "a\(10 * index)", label: "a", split: nil, origin: "copy \(index) \($0)") }
    }
    if test {
      documents += ["a", "b"].map { label in
        Document(text: label + "5", label: label, split: .test, origin: "test " + label)
      }
    }
    return try Dataset(documents: reversed ? documents.reversed() : documents)
  }

  private static func count(_ dataset: Dataset, _ split: Split, _ label: String) -> Int {
    dataset.documents(in: split).count { $0.label == label }
  }

  @Test func makesBothSplitsByLabelWithCopiesTogether() throws {
    let split = try StratifiedSplit(validationFraction: 0.1, testFraction: 0.2).apply(to: Self.dataset(test: false))
    #expect(Self.count(split, .test, "a") == 24 && Self.count(split, .test, "b") == 10)
    #expect(Self.count(split, .validation, "a") == 12 && Self.count(split, .validation, "b") == 5)
    #expect(split.documents.allSatisfy { $0.split != nil })
    let sides = Dictionary(grouping: split.documents, by: \.text).mapValues { Set($0.map(\.split)) }
    #expect(sides.values.allSatisfy { $0.count == 1 })
  }

  @Test func neverTakesFromOrCopiesTheTestSplit() throws {
    let before = try Self.dataset(test: true)
    let split = try StratifiedSplit(validationFraction: 0.2).apply(to: before)
    #expect(split.documents(in: .test) == before.documents(in: .test))
    // The texts a5 and b5 stand in the test split already: moving their copies would only move a leak.
    #expect(!split.documents(in: .validation).contains { $0.text == "a5" || $0.text == "b5" })
    for seed in UInt64(0)..<20 {
      let other = try StratifiedSplit(validationFraction: 0.9, testFraction: 0, seed: seed).apply(to: before)
      #expect(!other.documents(in: .validation).contains { $0.text == "a5" || $0.text == "b5" })
    }
  }

  @Test func dependsOnTheSeedAndNotOnTheOrder() throws {
    func chosen(_ seed: UInt64, reversed: Bool = false) throws -> Set<String> {
      let dataset = try Self.dataset(test: true, reversed: reversed)
      return Set(try StratifiedSplit(seed: seed).apply(to: dataset).documents(in: .validation).map(\.text))
    }
    #expect(try chosen(1) == chosen(1))
    #expect(try chosen(1) == chosen(1, reversed: true))
    #expect(try chosen(1) != chosen(2))
  }

  @Test func aValidationSplitThatIsThereStays() throws {
    let documents = (0..<20).map {
      Document(
        text: "\($0)", label: $0.isMultiple(of: 2) ? "a" : "b", split: $0 < 4 ? .validation : $0 < 8 ? .test : .train,
        origin: "")
    }
    let dataset = try Dataset(documents: documents)
    #expect(try StratifiedSplit(validationFraction: 0.5).apply(to: dataset).documents == dataset.documents)
  }

  @Test func refusesWhatCannotBe() throws {
    for (validation, test) in [(0.5, 0.5), (-0.1, 0.1), (1, 0), (.nan, 0)] {
      let error = #expect(throws: FarqError.self) {
        try StratifiedSplit(validationFraction: validation, testFraction: test)
      }
      #expect(error?.kind == .usage)
    }
    let two = try Dataset(documents: ["a", "b"].map { Document(text: $0, label: $0, origin: $0) })
    let error = #expect(throws: FarqError.self) { try StratifiedSplit().apply(to: two) }
    #expect(error?.kind == .badData)
  }

  @Test func limitsAreBalancedSeededAndKeepTheOrder() throws {
    let dataset = try Self.dataset(test: true)
    let limited = dataset.limited(perLabel: 30, test: 0, seed: 7)
    #expect(Self.count(limited, .train, "a") == 30 && Self.count(limited, .train, "b") == 30)
    #expect(limited.documents(in: .test).isEmpty)
    let places = limited.documents.compactMap { document in
      dataset.documents.firstIndex { $0.origin == document.origin }
    }
    #expect(places == places.sorted())
    #expect(dataset.limited(perLabel: 30, test: 0, seed: 7).fingerprint == limited.fingerprint)
    #expect(dataset.limited(perLabel: 30, test: 0, seed: 8).fingerprint != limited.fingerprint)
    let all = dataset.limited(perLabel: 60, seed: 7)
    #expect(Self.count(all, .train, "b") == 50 && all.documents(in: .test).count == 2)
    #expect(all.warnings.contains { $0.contains("\"b\" has 50 documents, fewer than 60") })
  }
}
