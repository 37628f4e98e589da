import FarqCore
import FarqLinear
import FarqTesting
import Foundation
import Testing

@Suite struct LinearBaselineTests {
  private struct Article: Decodable {
    var text: String
    var label: String
    var split: String
  }

  @Test func textWithoutKnownWordsIsScored() throws {
    let model = try LinearBaseline.train(texts: ["كرة قدم", "سعر نفط", ""], labels: [0, 2, 2], classCount: 3)
    let scores = model.scores(for: ["", "!؟،", "غيرمعروف"])
    #expect(scores.count == 9)
    #expect(scores[0] == scores[3] && scores[2] == scores[8])
    #expect(scores[1] == -.infinity)
    #expect(model.predict(["كرة", "نفط"]) == [0, 2])
  }

  @Test func refusesWhatCannotBeTrained() {
    #expect(throws: FarqError.self) { try LinearBaseline.train(texts: ["ab", "cd"], labels: [0, 0], classCount: 2) }
    #expect(throws: FarqError.self) { try LinearBaseline.train(texts: ["!", ""], labels: [0, 1], classCount: 2) }
    #expect(throws: FarqError.self) { try LinearBaseline.train(texts: ["ab", "cd"], labels: [0, 2], classCount: 2) }
  }

  @Test(.enabled(if: Fixture.realText("khaleej-mini.jsonl") != nil, "needs khaleej-mini.jsonl"))
  func miniAccuracyOnItsTestPart() throws {
    let url = try #require(Fixture.realText("khaleej-mini.jsonl"))
    let articles = try Data(contentsOf: url).split(separator: 0x0A)
      .map { try JSONDecoder().decode(Article.self, from: Data($0)) }
    let names = Set(articles.map(\.label)).sorted()
    let train = articles.filter { $0.split == "train" }
    let test = articles.filter { $0.split == "test" }
    func labels(_ part: [Article]) throws -> [Int] { try part.map { try #require(names.firstIndex(of: $0.label)) } }
    let model = try LinearBaseline.train(
      texts: train.map(\.text), labels: try labels(train), classCount: names.count)
    let right = zip(model.predict(test.map(\.text)), try labels(test)).filter { $0 == $1 }.count
    #expect(Double(right) / Double(test.count) > 0.93)
  }
}
