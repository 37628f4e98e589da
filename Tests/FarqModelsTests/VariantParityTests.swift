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
      + ["dex-layers", "dex-heads", "notebook-layers", "notebook-heads"]
    {
      #expect(Self.cases.contains { $0.hasPrefix(word + "-25") }, "\(word) at 25 %")
      #expect(Self.cases.contains { $0.hasPrefix(word + "-50") }, "\(word) at 50 %")
    }
  }

  @Test(arguments: cases) func givesTheLogitsLossAndGradients(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights, trainable: true)
    let logits = try model(hybrid.expected.input())
    expectClose(try logits.floats(), try hybrid.expected.tensor("logits").floats(), within: 1e-4, "logits")
    let loss = try logits.crossEntropy(hybrid.expected.tensor("targets"))
    expectClose(try loss.floats(), try hybrid.expected.tensor("loss").floats(), within: 1e-4, "loss")
    try loss.backward()
    for parameter in model.parameters.names {
      guard let wanted = try hybrid.expected.file.tensor("g.\(parameter)")?.floats() else {
        #expect(!parameter.contains(".attention.self.") && name.contains("of-12"), "no gradient of \(parameter)")
        continue
      }
      let gradient = try model.parameters[parameter]?.gradient()
      let largest = wanted.map(abs).max() ?? 0
      let actual = try gradient?.floats() ?? [Float](repeating: 0, count: wanted.count)
      expectClose(actual, wanted, within: 1e-3 * max(largest, 0.01), "gradient of \(parameter)")
    }
  }

  @Test(arguments: cases) func theRequestGivesTheFixturesPlan(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let request = try JSONDecoder().decode(
      [String: JSONValue].self, from: Data(#require(hybrid.expected.file.metadata["request"]).utf8))
    let plan = try AttentionRequest(
      variant: #require(AttentionVariant(rawValue: request["variant"]?.string ?? "")),
      ratio: #require(request["ratio"]?.number),
      granularity: #require(AttentionGranularity(rawValue: request["granularity"]?.string ?? "")),
      placement: Placement(request["placement"]?.string ?? ""),
      pairing: request["pairing"]?.string.flatMap(AttentionPairing.init),
      lambdaInit: request["lambda_init"]?.number.map(LambdaInit.constant)
    ).plan(
      layers: hybrid.configuration.layerCount, heads: hybrid.configuration.headCount,
      headSize: hybrid.configuration.headSize)
    #expect(plan == hybrid.configuration.plan)
  }

  @Test(arguments: cases) func paddingChangesNothing(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights)
    let batch = try model(hybrid.expected.input()).floats()
    for (index, document) in hybrid.expected.documents.enumerated() {
      let alone = try model(BERTInput(documents: [document])).floats()
      expectClose(alone, Array(batch[index * 4..<(index + 1) * 4]), within: 1e-5, "document \(index)")
    }
    let wider = hybrid.expected.documents.map { $0 + [Int32](repeating: 33, count: 20 - $0.count) }
    let mask = hybrid.expected.documents.flatMap { document in (0..<20).map { $0 < document.count } }
    let padded = try model(BERTInput(paddedIDs: Array(wider.joined()), mask: mask, width: 20)).floats()
    expectClose(padded, batch, within: 1e-5, "more padding, other ids in it")
  }

  @Test(arguments: cases) func anAllPaddingRowIsFinite(_ name: String) throws {
    let hybrid = try Hybrid(name)
    let model = try BERTClassifier(hybrid.configuration, weights: hybrid.weights, trainable: true)
    let input = try BERTInput(
      paddedIDs: [0, 0, 0, 5, 6, 7], mask: [false, false, false, true, true, true], width: 3)
    let logits = try model(input)
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
