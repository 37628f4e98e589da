import FarqModels
import FarqTesting
import FarqTorch
import Testing

/// The fused operators of the processor, and libtorch's that other devices take, against the formulae as they stand, on
/// ragged documents.
@Suite struct FusedOperatorTests {
  private static let documents: [[Int32]] = [Array(1...17), [5], Array(3...40), [7, 8]]
  private static let single: [[Int32]] = [[9]]
  private static let long: [[Int32]] = [[4], (0..<512).map { 1 + $0 % 49 }]

  @Test(arguments: [
    AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5),
    AttentionRequest(variant: .diff, ratio: 0.25, granularity: .heads), AttentionRequest(variant: .diffV2, ratio: 0.5),
    AttentionRequest(variant: .diffV2, ratio: 0.5, granularity: .heads),
    AttentionRequest(variant: .notebook, ratio: 0.5), AttentionRequest(variant: .dex, ratio: 0.5),
  ])
  func equalThePlainFormulae(request: AttentionRequest) throws {
    try compare(try configuration(request, headSize: 10), Self.documents)
  }

  /// One token; 512 tokens beside one; heads of an odd size; GELU by tanh.
  @Test(arguments: [AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5)])
  func equalThePlainFormulaeAtTheEdges(request: AttentionRequest) throws {
    var odd = try configuration(request, headSize: 7)
    odd.activation = .geluNew
    for documents in [Self.documents, Self.single, Self.long] { try compare(odd, documents) }
  }

  /// In bfloat16 everything stays within 4 % of the largest value of its tensor.
  @Test(arguments: [AttentionRequest(variant: .standard, ratio: 0), AttentionRequest(variant: .diff, ratio: 0.5)])
  func staysWithinTheBoundsOfBFloat16(request: AttentionRequest) throws {
    var configuration = try configuration(request, headSize: 10)
    configuration.initializerRange = 0.05
    let plain = try gradients(configuration, Self.documents, .plain)
    let mixed = try Torch.withAutocast(.bfloat16, on: .cpu) {
      try gradients(configuration, Self.documents, .fused)
    }
    let logit = plain.logits.map(abs).max() ?? 1
    #expect(zip(mixed.logits, plain.logits).allSatisfy { abs($0 - $1) < 0.04 * logit })
    for (name, gradient) in plain.gradients {
      let scale = max(0.02, gradient.map(abs).max() ?? 0)
      let own = try #require(mixed.gradients[name])
      #expect(zip(own, gradient).allSatisfy { abs($0 - $1) < 0.04 * scale }, "\(name)")
    }
  }

  private func configuration(_ request: AttentionRequest, headSize: Int) throws -> BERTConfiguration {
    var configuration = BERTConfiguration(
      vocabularySize: 50, hiddenSize: 4 * headSize, layerCount: 4, headCount: 4, intermediateSize: 64,
      maximumPositions: 512, labels: ["a", "b", "c"])
    configuration.initializerRange = 0.2
    configuration.farq = FarqConfiguration(attention: try request.plan(layers: 4, heads: 4, headSize: headSize))
    return configuration
  }

  private func compare(_ configuration: BERTConfiguration, _ documents: [[Int32]]) throws {
    let plain = try gradients(configuration, documents, .plain)
    for operators in [Operators.fused, .library] {
      let own = try gradients(configuration, documents, operators)
      #expect(zip(own.logits, plain.logits).allSatisfy { abs($0 - $1) < 1e-5 }, "\(operators)")
      for (name, gradient) in plain.gradients {
        let scale = max(1, gradient.map(abs).max() ?? 1)
        let other = try #require(own.gradients[name])
        #expect(zip(other, gradient).allSatisfy { abs($0 - $1) < 1e-4 * scale }, "\(operators), \(name)")
      }
    }
  }

  /// Dropout takes the same places from both maps of a head: two calls of libtorch's attention, whose numbers are those
  /// that the one mask over the differential map draws.
  @Test(arguments: [
    AttentionRequest(variant: .diff, ratio: 1), AttentionRequest(variant: .diffV2, ratio: 1),
  ])
  func dropsTheSameOfBothMaps(request: AttentionRequest) throws {
    var configuration = try configuration(request, headSize: 10)
    configuration.attentionDropout = 0.4
    configuration.hiddenDropout = 0
    let documents: [[Int32]] = [Array(1...9), Array(2...10)]
    let model = try BERTClassifier(configuration, weights: nil, seed: 9)
    let states = try [Operators.plain, .library, .library].enumerated().map { index, operators in
      try Torch.seed(index == 2 ? 6 : 5)
      var pass = ForwardPass(training: true)
      pass.chosenOperators = operators
      return try model.encoder(BERTInput(documents: documents), pass).floats()
    }
    #expect(zip(states[0], states[1]).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(zip(states[1], states[2]).contains { abs($0 - $1) > 1e-3 })
  }

  private func gradients(
    _ configuration: BERTConfiguration, _ documents: [[Int32]], _ operators: Operators
  ) throws -> (logits: [Float], gradients: [String: [Float]]) {
    let model = try BERTClassifier(configuration, weights: nil, seed: 9, trainable: true)
    // What starts at zero (biases, W of dex, W_λ) would hide what it acts on.
    for (index, name) in model.parameters.names.sorted().enumerated() {
      guard let parameter = model.parameters[name], try parameter.floats().allSatisfy({ $0 == 0 }) else { continue }
      try parameter.assign(.normal(parameter.shape, deviation: 0.1, seed: UInt64(index)))
    }
    var pass = ForwardPass()
    pass.chosenOperators = operators
    let logits = try model(BERTInput(documents: documents), pass)
    let targets = try Tensor(documents.indices.map { Int64($0 % 3) }, shape: [documents.count])
    try logits.crossEntropy(targets).backward()
    var gradients: [String: [Float]] = [:]
    for name in model.parameters.names { gradients[name] = try model.parameters[name]?.gradient()?.floats() }
    return (try logits.floats(), gradients)
  }
}
