import FarqCore
import FarqModels
import Testing

/// Plans from ratios; no tensors.
@Suite struct AttentionRequestTests {
  private func layers(_ ratio: Double, _ placement: Placement, of total: Int) throws -> [Int]? {
    try AttentionRequest(variant: .diff, ratio: ratio, placement: placement)
      .plan(layers: total, heads: 4, headSize: 8).layers
  }

  @Test func placesLayers() throws {
    for (total, ratio, expected) in [
      (4, 0.25, [[0], [3], [2], [0]]), (4, 0.5, [[0, 1], [2, 3], [1, 3], [0, 2]]),
      (8, 0.25, [[0, 1], [6, 7], [2, 6], [0, 2]]),
      (8, 0.5, [[0, 1, 2, 3], [4, 5, 6, 7], [1, 3, 5, 7], [0, 2, 4, 6]]),
      (12, 0.25, [[0, 1, 2], [9, 10, 11], [2, 6, 10], [0, 2, 4]]),
      (12, 0.5, [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11], [1, 3, 5, 7, 9, 11], [0, 2, 4, 6, 8, 10]]),
    ] {
      for (placement, wanted) in zip([Placement.first, .last, .spread, .alternate], expected) {
        #expect(try layers(ratio, placement, of: total) == wanted, "\(placement) \(ratio) of \(total)")
      }
    }
    #expect(try layers(0.5, .list([3, 1]), of: 4) == [1, 3])
    #expect(try layers(0.75, .alternate, of: 4) == [0, 1, 2])
    for placement in [Placement.first, .last, .spread, .alternate] {
      #expect(try layers(1, placement, of: 12) == Array(0..<12))
    }
  }

  @Test func takesTheFirstHeads() throws {
    for (total, ratio, count) in [(4, 0.25, 1), (4, 0.5, 2), (8, 0.25, 2), (8, 0.5, 4), (12, 0.25, 3), (12, 0.5, 6)] {
      for variant in [AttentionVariant.diff, .dex, .notebook] {
        let plan = try AttentionRequest(variant: variant, ratio: ratio, granularity: .heads)
          .plan(layers: 5, heads: total, headSize: 8)
        #expect(plan.heads == Array(0..<count))
        #expect(plan.layers == nil)
        #expect(plan.pairing == (variant == .dex ? nil : .split))
        #expect(plan.differentialHeads(inLayer: 4, of: total) == count)
      }
    }
  }

  @Test func impossibleRatiosNameTheNearest() {
    for (ratio, total, nearest) in [
      (0.3, 4, "0.25 and 0.5"), (0.1, 4, "0.0 and 0.25"), (0.95, 12, "0.9167 and 1.0"), (0.25, 6, "0.1667 and 0.3333"),
    ] {
      for granularity in AttentionGranularity.allCases {
        let error = #expect(throws: FarqError.self) {
          try AttentionRequest(variant: .dex, ratio: ratio, granularity: granularity)
            .plan(layers: total, heads: total, headSize: 8)
        }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("\(total) \(granularity.rawValue)") == true)
        #expect(error?.message.contains(nearest) == true, "\(error?.message ?? "")")
      }
    }
    for ratio in [-0.25, 1.25, .nan, .infinity] {
      let error = #expect(throws: FarqError.self) { try layers(ratio, .first, of: 4) }
      #expect(error?.kind == .usage)
    }
  }

  @Test func whatCannotBeSaysWhatCan() {
    let cases: [(AttentionRequest, Int, Int, String)] = [
      (AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads, pairing: .pair), 4, 8, "--pairing split"),
      (AttentionRequest(variant: .diff, ratio: 0.5), 3, 8, "--pairing split"),
      (AttentionRequest(variant: .diff, ratio: 0.5, pairing: .split), 4, 7, "--pairing pair"),
      (AttentionRequest(variant: .notebook, ratio: 0.5), 4, 7, "halves"),
      (AttentionRequest(variant: .diff, ratio: 0.5, placement: .list([1])), 4, 8, "name more"),
      (AttentionRequest(variant: .diff, ratio: 0.25, placement: .list([4])), 4, 8, "layers 0 to 3"),
    ]
    for (request, heads, size, words) in cases {
      let error = #expect(throws: FarqError.self) { try request.plan(layers: 4, heads: heads, headSize: size) }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test func ratioZeroIsTheBaseline() throws {
    let plan = try AttentionRequest(variant: .diff, ratio: 0).plan(layers: 4, heads: 4, headSize: 8)
    #expect(plan.isStandard)
    #expect(!plan.changes(.encoder))
  }

  @Test func readsPlacements() throws {
    for word in ["first", "last", "spread", "alternate", "0,3,7"] {
      #expect(try Placement(word).description == word)
    }
    for word in ["", "middle", "1,1", "1,", "1;2"] {
      let error = #expect(throws: FarqError.self, "\(word)") { try Placement(word) }
      #expect(error?.kind == .usage)
    }
  }

  @Test func lambdaInitFollowsThePaper() {
    let expected = [0.200, 0.356, 0.471, 0.556, 0.619, 0.666, 0.701, 0.727, 0.746, 0.760, 0.770, 0.778]
    for (layer, value) in expected.enumerated() {
      #expect(abs(LambdaInit.depth.value(atLayer: layer) - value) < 6e-4)
      #expect(LambdaInit.constant(0.5).value(atLayer: layer) == 0.5)
    }
  }
}
