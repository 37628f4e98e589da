import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// What hybrids begin with.
@Suite struct HybridConversionTests {
  private let baseline: BERTCheckpoint
  private let expected: Expected

  init() throws {
    baseline = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    expected = try Expected("hf-basic/expected.safetensors")
  }

  /// Every variant that can be, by layers and by heads, with each pairing.
  static let requests: [AttentionRequest] = [
    AttentionRequest(variant: .diff, ratio: 0.5), AttentionRequest(variant: .diff, ratio: 0.25, pairing: .split),
    AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads),
    AttentionRequest(variant: .diff, ratio: 0.5, granularity: .heads, pairing: .pair),
    AttentionRequest(variant: .diffV2, ratio: 0.5, placement: .last),
    AttentionRequest(variant: .diffV2, ratio: 0.25, granularity: .heads), AttentionRequest(variant: .dex, ratio: 0.25),
    AttentionRequest(variant: .dex, ratio: 0.5, granularity: .heads), AttentionRequest(variant: .notebook, ratio: 0.5),
    AttentionRequest(variant: .notebook, ratio: 0.25, granularity: .heads),
  ]

  private func plan(_ request: AttentionRequest) throws -> AttentionPlan {
    let sizes = baseline.configuration
    return try request.plan(layers: sizes.layerCount, heads: sizes.headCount, headSize: sizes.headSize)
  }

  private func hybrid(
    _ request: AttentionRequest, _ initialization: HybridInitialization, seed: UInt64 = 1
  ) throws -> BERTClassifier {
    let converted = try HybridConversion(plan: plan(request), initialization: initialization, seed: seed)(baseline)
    return try BERTClassifier(
      converted.configuration, weights: converted.weights, seed: seed, mayDraw: HybridConversion.isNew)
  }

  @Test(arguments: requests) func annealingBeginsAtTheBaseline(_ request: AttentionRequest) throws {
    let logits = try hybrid(request, .anneal)(expected.input(), ForwardPass(alpha: 0))
    expectClose(try logits.floats(), try expected.tensor("logits").floats(), within: 1e-4)
  }

  @Test(arguments: requests) func annealingIsABlend(_ request: AttentionRequest) throws {
    let model = try hybrid(request, .anneal, seed: 4)
    let small = try model(expected.input(), ForwardPass(alpha: 0.001)).floats()
    expectClose(small, try expected.tensor("logits").floats(), within: 0.05)
    let almost = try model(expected.input(), ForwardPass(alpha: 0.9999)).floats()
    expectClose(almost, try model(expected.input()).floats(), within: 0.01)
  }

  @Test func dexBeginsAtTheBaselineExactly() throws {
    let model = try BERTClassifier(baseline.configuration, weights: baseline.weights)
    for request in Self.requests where request.variant == .dex {
      let logits = try hybrid(request, .pretrained)(expected.input())
      #expect(try logits.equals(model(expected.input())))
    }
  }

  @Test func theSecondVersionBeginsNearTheBaseline() throws {
    let request = AttentionRequest(variant: .diffV2, ratio: 0.5, placement: .first)
    let model = try hybrid(request, .pretrained)
    for layer in try model.lambdas().prefix(2) {
      #expect(layer.count == 4)
      #expect(layer.allSatisfy { $0 > 0 && $0 < 0.05 })
    }
    let wanted = try expected.tensor("logits").floats()
    let near = try zip(model(expected.input()).floats(), wanted).map { abs($0 - $1) }.max() ?? 9
    let far = try zip(hybrid(request, .random)(expected.input()).floats(), wanted).map { abs($0 - $1) }.max() ?? 0
    #expect(near < 0.15)
    #expect(far > 2 * near)
    let name = "bert.encoder.layer.0.attention.self.query.weight"
    let queries = try #require(model.parameters[name]).reshaped([4, 2, 8, 32])
    let original = try #require(try baseline.weights.tensor(name))
    #expect(try queries.selected(1, 0).reshaped([32, 32]).equals(original))
    let noise = try queries.selected(1, 1).reshaped([32, 32]) - original
    let largest = try noise.floats().map(abs).max() ?? 0
    #expect(largest > 0 && largest < 0.01)
  }

  @Test(arguments: requests) func whatIsPurelyDifferentialHasNoStandardAttention(_ request: AttentionRequest) throws {
    let model = try hybrid(request, .anneal)
    let plan = try plan(request)
    for (alpha, isBlended) in [(1.0, false), (0.5, true)] {
      let recorder = AttentionRecorder()
      _ = try model(expected.input(), ForwardPass(alpha: alpha, recorder: recorder))
      for layer in 0..<4 {
        let changed = plan.differentialHeads(inLayer: layer, of: 4)
        let maps = recorder.maps.filter { $0.layer == layer }
        let plain = maps.filter { $0.second == nil }.reduce(0) { $0 + $1.first.shape[1] }
        let standardHeads = plan.variant == .dex || isBlended ? 4 : 4 - changed
        #expect(plain >= standardHeads && plain <= (isBlended ? 8 : standardHeads), "layer \(layer)")
        let divisor = plan.pairing == .pair ? 2 : 1
        let double = maps.filter { $0.second != nil }.reduce(0) { $0 + $1.combined.shape[1] }
        #expect(double == (plan.variant == .dex ? 0 : changed / divisor), "layer \(layer)")
      }
    }
  }

  @Test(arguments: requests) func randomDrawsTheDifferentialProjectionsAlone(_ request: AttentionRequest) throws {
    let model = try hybrid(request, .random)
    let plan = try plan(request)
    for name in baseline.weights.names.sorted() {
      let before = try #require(try baseline.weights.tensor(name))
      let after = try #require(model.parameters[name])
      let parts = name.split(separator: ".")
      let changed = Int(parts.count > 3 ? parts[3] : "").map { plan.differentialHeads(inLayer: $0, of: 4) } ?? 0
      guard changed > 0, ["query", "key", "value"].contains(parts[parts.count - 2]) else {
        #expect(try after.equals(before), "\(name)")
        continue
      }
      let old = changed * 8
      let edge = old * (plan.variant == .diffV2 && parts[parts.count - 2] == "query" ? 2 : 1)
      let drawn = try after.narrowed(0, 0..<edge).floats()
      if name.hasSuffix("bias") {
        #expect(drawn.allSatisfy { $0 == 0 }, "\(name)")
      } else {
        let deviation = (drawn.reduce(0) { $0 + $1 * $1 } / Float(drawn.count)).squareRoot()
        #expect(abs(deviation - 0.02) < 0.004, "\(name)")
      }
      #expect(after.shape[0] == 32 + edge - old, "\(name)")
      if old < 32 {
        #expect(try after.narrowed(0, edge..<after.shape[0]).equals(before.narrowed(0, old..<32)), "\(name)")
      }
    }
  }

  @Test(arguments: requests) func drawsBySeed(_ request: AttentionRequest) throws {
    for initialization in [HybridInitialization.random, .pretrained] {
      let logits = try [1, 1, 2].map { try hybrid(request, initialization, seed: $0)(expected.input()).floats() }
      #expect(logits[0] == logits[1])
      guard request.variant != .dex || initialization == .random else { continue }
      #expect(logits[0] != logits[2])
    }
  }

  @Test(arguments: requests) func newTensorsHaveTheNamesAndShapesOfTheContract(_ request: AttentionRequest) throws {
    let model = try hybrid(request, .pretrained)
    let plan = try plan(request)
    var wanted: [String: [Int]] = [:]
    for layer in 0..<4 {
      let heads = plan.differentialHeads(inLayer: layer, of: 4)
      guard heads > 0 else { continue }
      let place = "bert.encoder.layer.\(layer).attention.self"
      let vectors = ["lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2"]
      switch plan.variant {
      case .diff:
        let size = plan.pairing == .pair ? 8 : 4
        for vector in vectors { wanted["\(place).\(vector)"] = [size] }
        wanted["\(place).subln.weight"] = [2 * size]
      case .diffV2:
        (wanted["\(place).lambda_proj.weight"], wanted["\(place).lambda_proj.bias"]) = ([heads, 32], [heads])
      case .dex: (wanted["\(place).dex.weight"], wanted["\(place).dex.lambda"]) = ([heads, 8, 8], [heads])
      case .notebook:
        for vector in vectors { wanted["\(place).\(vector)"] = [8] }
        (wanted["\(place).out.weight"], wanted["\(place).out.bias"]) = ([32, 32], [32])
      case .standard: break
      }
    }
    let new = Set(model.parameters.names).subtracting(baseline.weights.names)
    #expect(new == Set(wanted.keys))
    for (name, shape) in wanted { #expect(model.parameters[name]?.shape == shape, "\(name)") }
  }

  @Test func aHybridIsNotConvertedAgain() throws {
    let conversion = HybridConversion(plan: try plan(Self.requests[0]), initialization: .pretrained, seed: 0)
    let once = try conversion(baseline)
    let error = #expect(throws: FarqError.self) { try conversion(once) }
    #expect(error?.kind == .usage)
  }

  @Test func whatTheBaselineLacksIsNotDrawn() throws {
    for initialization in HybridInitialization.allCases {
      for request in [Self.requests[0], Self.requests[4]] {
        var weights = try WeightDictionary(reading: baseline.weights)
        for layer in 0..<4 { weights.tensors["bert.encoder.layer.\(layer).attention.self.query.weight"] = nil }
        let broken = BERTCheckpoint(configuration: baseline.configuration, weights: weights)
        let converted = try HybridConversion(plan: plan(request), initialization: initialization, seed: 0)(broken)
        let error = #expect(throws: FarqError.self) {
          try BERTClassifier(converted.configuration, weights: converted.weights, mayDraw: HybridConversion.isNew)
        }
        for layer in 0..<4 { #expect(error?.message.contains("missing bert.encoder.layer.\(layer).") == true) }
      }
    }
  }
}
