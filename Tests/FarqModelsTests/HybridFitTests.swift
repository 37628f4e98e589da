import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Hybrids fitted to the layers that they replaced.
@Suite struct HybridFitTests {
  private let baseline: BERTCheckpoint
  private let expected: Expected

  init() throws {
    baseline = try BERTCheckpoint(folder: Fixture.url("hf-basic"))
    expected = try Expected("hf-basic/expected.safetensors")
  }

  private func hybrid(_ request: AttentionRequest, seed: UInt64 = 1) throws -> BERTClassifier {
    let converted = try HybridConversion(
      plan: request.plan(for: baseline.configuration), initialization: .fitted, seed: seed)(baseline)
    return try BERTClassifier(
      converted.configuration, weights: converted.weights, seed: seed, trainable: true,
      mayDraw: HybridConversion.isNew)
  }

  private func texts() throws -> [BERTInput] {
    var generator = SeededGenerator(seed: 3)
    return try (0..<4).map { _ in
      try BERTInput(documents: (0..<8).map { _ in (0..<20).map { _ in Int32(generator.next() % 34) + 5 } })
    }
  }

  @Test(arguments: HybridConversionTests.requests) func aFitLowersTheErrorAndTouchesNothingElse(
    _ request: AttentionRequest
  ) throws {
    let model = try hybrid(request)
    let before = try Dictionary(
      uniqueKeysWithValues: model.parameters.names.map { ($0, try #require(model.parameters[$0]).detached().clone()) })
    let original = try BERTClassifier(baseline.configuration, weights: baseline.weights)
    let errors = try HybridFit(model, to: original)(on: texts())
    let plan = model.configuration.plan
    let layers = (0..<4).filter { plan.differentialHeads(inLayer: $0, of: 4) > 0 }
    #expect(errors.map(\.layer) == layers)
    for error in errors where error.before > 0.01 { #expect(error.after < error.before, "layer \(error.layer)") }
    for (name, old) in before {
      let isFitted =
        name.contains(".attention.output.dense.") || name.hasSuffix(".subln.weight")
      let isChanged = try !#require(model.parameters[name]).equals(old)
      if !isFitted || !layers.contains(HybridConversion.layer(of: name) ?? -1) { #expect(!isChanged, "\(name)") }
    }
    let annealed = try model(expected.input(), ForwardPass(alpha: 0)).floats()
    expectClose(annealed, try expected.tensor("logits").floats(), within: 1e-4)
  }

  @Test func aFittedHybridIsSavedAndReadAgain() throws {
    let model = try hybrid(AttentionRequest(variant: .diff, ratio: 0.5))
    try HybridFit(model, to: BERTClassifier(baseline.configuration, weights: baseline.weights))(on: texts())
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("farq-fit-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try BERTCheckpoint.save(model, to: folder)
    let saved = try BERTCheckpoint(folder: folder)
    let again = try BERTClassifier(saved.configuration, weights: saved.weights)
    #expect(try again(expected.input()).equals(model(expected.input()).detached()))
  }

  @Test func whatNeedsNoFitStaysAsItIs() throws {
    let model = try hybrid(AttentionRequest(variant: .dex, ratio: 0.5))
    let original = try BERTClassifier(baseline.configuration, weights: baseline.weights)
    try HybridFit(model, to: original)(on: texts())
    let logits = try model(expected.input()).floats()
    expectClose(logits, try expected.tensor("logits").floats(), within: 1e-4)
  }

  @Test(arguments: [-4.0, -1, 0, 1]) func theSecondVersionKeepsTheFunctionFromAnyStart(_ bias: Double) throws {
    let plan = try AttentionRequest(variant: .diffV2, ratio: 0.5).plan(for: baseline.configuration)
    let converted = try HybridConversion(plan: plan, initialization: .pretrained, seed: 1, lambdaBias: bias)(baseline)
    var weights = try WeightDictionary(reading: converted.weights)
    for name in weights.tensors.keys where name.hasSuffix("self.query.weight") {
      guard let query = weights.tensors[name], query.shape == [64, 32] else { continue }
      let first = try query.reshaped([4, 2, 8, 32]).narrowed(1, 0..<1)
      weights.tensors[name] = try Tensor.concatenate([first, first], 1).reshaped([64, 32])  // without the noise
    }
    let model = try BERTClassifier(converted.configuration, weights: weights, mayDraw: HybridConversion.isNew)
    let logits = try expected.tensor("logits").floats()
    expectClose(try model(expected.input()).floats(), logits, within: 1e-4)
    expectClose(try model(expected.input(), ForwardPass(alpha: 0)).floats(), logits, within: 1e-4)
  }

  /// Against numpy's least squares; see Fixtures/make_ridge.py.
  @Test func theRegressionIsThatOfLeastSquares() throws {
    let file = try SafetensorsFile(Fixture.url("ridge/expected.safetensors"))
    func peer(_ name: String) throws -> Tensor { try #require(try file.tensor(name), "the fixture has no \(name)") }
    let (x, y) = (try peer("x"), try peer("y"))
    var sums = try RidgeRegression(inputs: 6, outputs: 3)
    for start in stride(from: 0, to: 200, by: 50) {
      try sums.add(x.narrowed(0, start..<start + 50), y.narrowed(0, start..<start + 50))
    }
    let start = (weight: try peer("start_weight"), bias: try peer("start_bias"))
    for (ridge, name) in [(1e-12, "plain"), (0.3, "ridge")] {
      let solution = try sums.solution(from: start, ridge: ridge)
      expectClose(try solution.weight.floats(), try peer("\(name)_weight").floats(), within: 1e-5)
      expectClose(try solution.bias.floats(), try peer("\(name)_bias").floats(), within: 1e-5)
      #expect(abs(try sums.error(of: solution) - peer("\(name)_error").scalar()) < 1e-6)
    }
  }
}
