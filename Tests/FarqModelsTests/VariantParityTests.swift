import FarqCore
import FarqModels
import FarqTesting
import FarqTorch
import Foundation
import Testing

/// Every variant against the plain restatement in PyTorch, Fixtures/reference.py.
@Suite struct VariantParityTests {
  static let cases: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: Fixture.url("variants").path)
    return (names ?? []).filter { $0.hasSuffix(".safetensors") }.sorted()
  }()

  @Test func coversEveryVariantGranularityAndShare() throws {
    for word in ["diff-pair-layers", "diff-split-layers", "diff-pair-heads", "diff-split-heads", "diff-v2-layers"]
      + ["diff-v2-heads"]
      + ["dex-layers", "dex-heads", "notebook-layers", "notebook-heads"]
    {
      #expect(Self.cases.contains { $0.hasPrefix(word + "-25") }, "\(word) at 25 %")
      #expect(Self.cases.contains { $0.hasPrefix(word + "-50") }, "\(word) at 50 %")
    }
  }

  @Test(arguments: cases, [false, true]) func givesTheLogitsLossAndGradients(_ name: String, isPlain: Bool) throws {
    try Hybrid(name).expectPeersNumbers(isPlain: isPlain, allGradients: !name.contains("of-12"))
  }

  @Test(arguments: cases) func theRequestGivesTheFixturesPlan(_ name: String) throws {
    let hybrid = try Hybrid(name)
    #expect(try hybrid.requestedPlan() == hybrid.configuration.plan)
  }

  @Test(arguments: cases, [false, true]) func paddingChangesNothing(_ name: String, isPlain: Bool) throws {
    try Hybrid(name).expectPaddingToChangeNothing(isPlain: isPlain)
  }

  @Test(arguments: cases, [false, true]) func anAllPaddingRowIsFinite(_ name: String, isPlain: Bool) throws {
    let hybrid = try Hybrid(name)
    var pass = ForwardPass()
    pass.chosenOperators = isPlain ? .plain : nil
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights, trainable: true)
    let input = try BERTInput(
      paddedIDs: [0, 0, 0, 5, 6, 7], mask: [false, false, false, true, true, true], width: 3)
    let logits = try model(input, pass)
    #expect(try logits.isFinite())
    try logits.sum().backward()
    for parameter in model.parameters.names {
      #expect(try model.parameters[parameter]?.gradient()?.isFinite() != false, "gradient of \(parameter)")
    }
    expectClose(
      Array(try logits.floats().suffix(4)), try model(BERTInput(documents: [[5, 6, 7]])).floats(), within: 1e-5)
  }

  @Test(arguments: cases) func mixedPrecisionIsFinite(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights, trainable: true)
    let loss = try Torch.withAutocast(.bfloat16, on: .cpu) {
      try model(hybrid.expected.input(), ForwardPass(training: true))
        .to(.float32).crossEntropy(hybrid.expected.tensor("targets"))
    }
    expectClose(try loss.floats(), try hybrid.expected.tensor("loss").floats(), within: 0.15, "loss in bf16")
    try loss.backward()
    for parameter in model.parameters.names {
      #expect(try model.parameters[parameter]?.gradient()?.isFinite() != false, "gradient of \(parameter)")
    }
  }

  @Test(arguments: cases) func savingAndLoadingChangesNoBit(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let folder = try TemporaryFolder()
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights)
    try BERTCheckpoint.save(model, to: folder.url)
    let checkpoint = try BERTCheckpoint(folder: folder.url)
    #expect(checkpoint.configuration.plan == hybrid.configuration.plan)
    let again = try BERTClassifier(checkpoint.configuration, weights: checkpoint.weights)
    #expect(again.parameters.names == model.parameters.names)
    for name in model.parameters.names {
      let before = try #require(model.parameters[name])
      #expect(try again.parameters[name]?.equals(before) == true, "\(name)")
    }
    let logits = try model(hybrid.expected.input())
    #expect(try again(hybrid.expected.input()).bytes() == logits.bytes())
  }
}
