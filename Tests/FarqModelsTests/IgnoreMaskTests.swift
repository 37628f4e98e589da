import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// `--ignore-mask`: the notebook's differential heads attend to padding, standard attention does not.
@Suite struct IgnoreMaskTests {
  private func model(_ name: String, ignoring: Bool = true, width: Int = 12) throws -> (BERTClassifier, Expected) {
    let expected = try Expected("encoder-decoder/ignore-mask/\(name).safetensors")
    let baseline = try BERTCheckpoint(folder: Fixture.url("geometry-4"))
    var configuration = baseline.configuration
    var plan = try JSONDecoder().decode(
      AttentionPlan.self, from: Data(#require(expected.file.metadata["plan"]).utf8))
    plan.ignoresMask = ignoring
    configuration.farq = FarqConfiguration(attention: plan)
    configuration.farq?.paddedLength = width
    var weights = try WeightDictionary(reading: baseline.weights)
    for name in expected.file.names where name.hasPrefix("w.") {
      weights.tensors[String(name.dropFirst(2))] = try expected.file.tensor(name)
    }
    return (try BERTClassifier(configuration, weights: weights), expected)
  }

  @Test(arguments: ["layers", "heads"]) func equalsThePlainRestatement(_ name: String) throws {
    let (model, expected) = try model(name)
    expectClose(try model(expected.input()).floats(), try expected.tensor("logits").floats(), within: 1e-4)
    var plain = ForwardPass()
    plain.chosenOperators = .plain
    expectClose(try model(expected.input(), plain).floats(), try expected.tensor("logits").floats(), within: 1e-4)
  }

  @Test(arguments: ["layers", "heads"]) func theLengthOfThePaddingMatters(_ name: String) throws {
    let (model, expected) = try model(name)
    let wanted = try model(expected.input()).floats()
    for other in [try self.model(name, ignoring: false).0, try self.model(name, width: 24).0] {
      let worst = try zip(other(expected.input()).floats(), wanted).map { abs($0 - $1) }.max() ?? 0
      #expect(worst > 1e-3)
    }
  }

  /// While nothing is differential yet, padding is seen by nobody.
  @Test(arguments: ["layers", "heads"]) func standardAttentionSeesNoPadding(_ name: String) throws {
    let (model, expected) = try model(name)
    let standard = try model(expected.input(), ForwardPass(alpha: 0)).floats()
    let baseline = try BERTCheckpoint(folder: Fixture.url("geometry-4"))
    let logits = try BERTClassifier(baseline.configuration, weights: baseline.weights)(expected.input()).floats()
    expectClose(standard, logits, within: 1e-5)
  }

  @Test func isTheNotebooksAlone() throws {
    let baseline = try AttentionRequest(variant: .notebook, ratio: 0, ignoresMask: true)
      .plan(layers: 4, heads: 4, headSize: 4)
    #expect(baseline == .standard)
    let error = #expect(throws: FarqError.self) {
      try AttentionRequest(variant: .diff, ratio: 0.5, ignoresMask: true).plan(layers: 4, heads: 4, headSize: 4)
    }
    #expect(error?.kind == .usage)
  }
}
