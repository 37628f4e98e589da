import FarqModels
import FarqTesting
import FarqTorch
import Testing

/// The fused operators of the processor against the formulae as they stand, on ragged documents.
@Suite struct FusedOperatorTests {
  private static let documents: [[Int32]] = [Array(1...17), [5], Array(3...40), [7, 8]]

  @Test(arguments: [
    AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5),
    AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads), AttentionRequest(variant: .diffV2, ratio: 0.5),
    AttentionRequest(variant: .notebook, ratio: 0.5), AttentionRequest(variant: .dex, ratio: 0.5),
  ])
  func equalThePlainFormulae(request: AttentionRequest) throws {
    var configuration = BERTConfiguration(
      vocabularySize: 50, hiddenSize: 40, layerCount: 4, headCount: 4, intermediateSize: 64, maximumPositions: 64,
      labels: ["a", "b", "c"])
    configuration.initializerRange = 0.2
    configuration.farq = FarqConfiguration(attention: try request.plan(layers: 4, heads: 4, headSize: 10))
    let fused = try gradients(configuration, isPlain: false)
    let plain = try gradients(configuration, isPlain: true)
    #expect(zip(fused.logits, plain.logits).allSatisfy { abs($0 - $1) < 1e-5 })
    for (name, gradient) in plain.gradients {
      let scale = max(1, gradient.map(abs).max() ?? 1)
      let own = try #require(fused.gradients[name])
      #expect(zip(own, gradient).allSatisfy { abs($0 - $1) < 1e-4 * scale }, "\(name)")
    }
  }

  private func gradients(
    _ configuration: BERTConfiguration, isPlain: Bool
  ) throws -> (logits: [Float], gradients: [String: [Float]]) {
    let model = try BERTClassifier(configuration, weights: nil, seed: 9, trainable: true)
    var pass = ForwardPass()
    pass.isPlain = isPlain
    let logits = try model(BERTInput(documents: Self.documents), pass)
    try logits.crossEntropy(Tensor([0, 1, 2, 1] as [Int64], shape: [4])).backward()
    var gradients: [String: [Float]] = [:]
    for name in model.parameters.names { gradients[name] = try model.parameters[name]?.gradient()?.floats() }
    return (try logits.floats(), gradients)
  }
}
