import FarqCore
import FarqDatasets
import Testing

@Suite struct OtherTestDataTests {
  private func dataset(_ rows: [(String, String, Split?)]) throws -> Dataset {
    try Dataset(documents: rows.map { Document(text: $0.0, label: $0.1, split: $0.2, origin: "here") })
  }

  @Test func takesTheTestDocumentsOfOtherData() throws {
    let own = try dataset([("a", "x", .train), ("b", "y", nil), ("c", "x", .test)])
    let other = try dataset([("d", "x", .train), ("e", "y", .test)])
    let mixed = try own.tested(on: other)
    #expect(mixed.documents(in: .train).map(\.text) == ["a", "b"])
    #expect(mixed.documents(in: .test).map(\.text) == ["e"])
    #expect(mixed.fingerprint != own.fingerprint)
    let whole = try own.tested(on: dataset([("f", "x", nil), ("g", "y", nil)]))
    #expect(whole.documents(in: .test).map(\.text) == ["f", "g"])
  }

  @Test func refusesLabelsThatWereNotLearnt() throws {
    let own = try dataset([("a", "x", .train), ("b", "y", .train)])
    let other = try dataset([("d", "x", .test), ("e", "z", .test)])
    let error = #expect(throws: FarqError.self) { try own.tested(on: other) }
    #expect(error?.kind == .badData && error?.message.contains("z") == true)
  }
}
