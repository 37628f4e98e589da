import FarqCore
import FarqInference
import FarqModels
import FarqTorch
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

/// Batches by the memory of a device.
@Suite struct TokenBudgetTests {
  @Test func aBatchIsCutWhereItsPaddingWouldNotFit() {
    let lengths = [10, 4, 4, 4, 30, 1]
    #expect(BatchPlan.within(nil, Array(lengths.indices), lengths: lengths) == [[0, 1, 2, 3, 4, 5]])
    let parts = BatchPlan.within(20, Array(lengths.indices), lengths: lengths)
    #expect(parts == [[0, 1], [2, 3], [4], [5]])
    #expect(parts.joined().elementsEqual(lengths.indices))
    #expect(BatchPlan.within(20, [], lengths: lengths).isEmpty)
  }

  /// BERT-base on a card of 80 GB: between a hundred and a thousand articles of 512 tokens, half as many in fp32.
  @Test func theBudgetFollowsTheMemory() {
    let base = BERTConfiguration(
      vocabularySize: 64_000, hiddenSize: 768, layerCount: 12, headCount: 12, intermediateSize: 3072)
    let half = TokenBudget.training(base, isHalf: true, bytes: 80 << 30)
    #expect((100 * 512...1000 * 512).contains(half), "\(half)")
    let single = TokenBudget.training(base, isHalf: false, bytes: 80 << 30)
    #expect(abs(half - 2 * single) <= 2)
    #expect(TokenBudget.training(base, isHalf: true, bytes: 1 << 20) == 512)
    #expect(TokenBudget.training(base, isHalf: true, bytes: 40 << 30) < half / 2)
  }

  @Test func theProcessorHasNoBudget() throws {
    let base = BERTConfiguration(vocabularySize: 100, hiddenSize: 8, layerCount: 1, headCount: 1, intermediateSize: 8)
    #expect(try TokenBudget.training(base, .fp32, on: .cpu) == nil)
    #expect(try TokenBudget.prediction(base, .fp32, on: .cpu) == 4096)
  }
}
