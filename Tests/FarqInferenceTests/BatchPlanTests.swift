import FarqCore
import FarqInference
import Testing

@Suite struct BatchPlanTests {
  @Test func sequentialKeepsTheOrder() {
    #expect(BatchPlan.sequential(count: 5, batchSize: 2) == [[0, 1], [2, 3], [4]])
    #expect(BatchPlan.sequential(count: 0, batchSize: 2).isEmpty)
  }

  @Test func bucketsHoldEveryDocumentOnceAndLikeLengths() {
    let lengths = (0..<1000).map { ($0 * 37) % 500 + 1 }
    var generator = SeededGenerator(seed: 1)
    let batches = BatchPlan.bucketed(lengths: lengths, batchSize: 16, using: &generator)
    #expect(batches.joined().sorted() == Array(0..<1000))
    let waste = batches.reduce(0) { sum, batch in
      let longest = batch.map { lengths[$0] }.max() ?? 0
      return sum + batch.reduce(0) { $0 + longest - lengths[$1] }
    }
    #expect(Double(waste) / Double(lengths.reduce(0, +)) < 0.05)
  }

  @Test func bucketsDependOnTheSeedAlone() {
    let lengths = (0..<200).map { $0 % 50 + 1 }
    func plan(_ seed: UInt64) -> [[Int]] {
      var generator = SeededGenerator(seed: seed)
      return BatchPlan.bucketed(lengths: lengths, batchSize: 8, using: &generator)
    }
    #expect(plan(3) == plan(3))
    #expect(plan(3) != plan(4))
  }

  @Test func predictionBatchesStayWithinTheBudget() {
    let lengths = [5, 100, 30, 30, 30, 1, 64]
    let batches = BatchPlan.byLength(lengths, tokenBudget: 64)
    #expect(batches.joined().sorted() == Array(lengths.indices))
    #expect(batches.first == [1])
    #expect(batches.allSatisfy { $0.count == 1 || $0.reduce(0) { $0 + lengths[$1] } <= 64 })
  }
}
