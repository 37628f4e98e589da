import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// What the differential part takes away, against what is known of a start.
@Suite struct SubtractionMeterTests {
  private let baseline: BERTCheckpoint

  init() throws { baseline = try BERTCheckpoint(folder: Fixture.url("hf-basic")) }

  private func shares(
    _ request: AttentionRequest, lambdaBias: Double = -4, change: (BERTClassifier) throws -> Void = { _ in }
  ) throws -> [SubtractionMeter.Share] {
    let sizes = baseline.configuration
    let plan = try request.plan(layers: sizes.layerCount, heads: sizes.headCount, headSize: sizes.headSize)
    let converted = try HybridConversion(plan: plan, initialization: .pretrained, seed: 1, lambdaBias: lambdaBias)(
      baseline)
    let model = try BERTClassifier(
      converted.configuration, weights: converted.weights, seed: 1, mayDraw: HybridConversion.isNew)
    try change(model)
    return try SubtractionMeter.shares(of: model, on: [BERTInput(documents: [[1, 5, 7, 9], [4, 3]])])
  }

  /// Both maps of diff-v2 begin as one: what is taken is λ of what is kept.
  @Test(arguments: [AttentionGranularity.layers, .heads]) func theSecondVersion(_ granularity: AttentionGranularity)
    throws
  {
    for bias in [-4.0, 0.5] {
      let lambda = 1 / (1 + exp(-bias))
      let shares = try shares(
        AttentionRequest(variant: .diffV2, ratio: 0.5, granularity: granularity, placement: .last), lambdaBias: bias)
      #expect(shares.map(\.layer) == (granularity == .layers ? [2, 3] : [0, 1, 2, 3]))
      for share in shares {
        #expect(abs(share.lambda - lambda) < 1e-5)
        #expect(abs(share.taken / lambda - 1) < 0.05)
      }
    }
  }

  /// DEX's W begins at 0 and takes nothing; as the identity it takes λ of all.
  @Test func dex() throws {
    let request = AttentionRequest(variant: .dex, ratio: 0.5, placement: .first)
    let first = try shares(request)
    #expect(first.count == 2 && first.allSatisfy { $0.taken == 0 && $0.lambda > 0.1 })
    let later = try shares(request) { model in
      for name in model.parameters.names where name.hasSuffix("dex.weight") {
        let weight = try #require(model.parameters[name])
        let identity = try Tensor(
          (0..<weight.count).map { $0 % 64 % 9 == 0 ? Float(1) : 0 }, shape: weight.shape)  // [heads, 8, 8]
        try weight.assign(identity)
      }
    }
    for share in later { #expect(abs(share.taken - share.lambda) < 1e-5) }
  }

  /// With no λ nothing is taken, with twice the λ twice as much.
  @Test func first() throws {
    func taken(_ initial: Double) throws -> [Double] {
      try shares(AttentionRequest(variant: .diff, ratio: 0.5, lambdaInit: .constant(initial))) { model in
        for name in model.parameters.names where name.contains("lambda_") {
          let vector = try #require(model.parameters[name])
          try vector.assign(.zeros(vector.shape))
        }
      }.map(\.taken)
    }
    let (none, once, twice) = (try taken(0), try taken(0.3), try taken(0.6))
    #expect(none.count == 2 && none.allSatisfy { $0 == 0 })
    #expect(once[0] > 0.05 && abs(twice[0] / once[0] - 2) < 1e-3)
    #expect(try shares(AttentionRequest(variant: .standard, ratio: 0)).isEmpty)
  }
}
