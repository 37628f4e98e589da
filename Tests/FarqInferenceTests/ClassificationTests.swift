import FarqInference
import Testing

@Suite struct ClassificationTests {
  @Test func namesTheLargestLogit() {
    let result = Classification(logits: [0, 2, 1], labels: ["a", "b", "c"])
    #expect(result.label == "b")
    #expect(abs(result.probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(abs(result.score - 0.665_240_955_774_821) < 1e-9)
  }

  @Test func staysFiniteForLargeLogits() {
    let result = Classification(logits: [1000, -1000], labels: ["a", "b"])
    #expect(result.probabilities == [1, 0])
  }

  @Test func theFirstOfEqualLogitsWins() {
    #expect(Classification(logits: [1, 1], labels: ["a", "b"]).index == 0)
  }
}
