import FarqCore
import FarqTesting
import FarqTorch
import Testing

/// Linear layers in bfloat16 over float32 weights: their bounds against float32, and that copies follow the weights.
@Suite struct MixedLinearTests {
  private let store = ParameterStore(source: nil, seed: 7, trainable: true)

  private func layer(_ name: String, _ inputs: Int, _ outputs: Int) throws -> Linear {
    try Linear(store.root / name, from: inputs, to: outputs, deviation: 0.1)
  }

  private func mixed<Result>(_ body: () throws -> Result) throws -> Result {
    try Torch.withAutocast(.bfloat16, on: .cpu, body)
  }

  private func expectNear(_ actual: Tensor, _ expected: Tensor, _ what: String) throws {
    let scale = try max(1e-3, expected.floats().map(abs).max() ?? 0)
    try expectClose(actual.to(.float32).floats(), expected.floats(), within: 0.02 * scale, what)
  }

  @Test(arguments: [(1, 16, 24), (37, 40, 7), (512, 33, 65)])
  func joinedLayersEqualFloat32(rows: Int, inputs: Int, outputs: Int) throws {
    let layers = try [layer("a", inputs, 2 * outputs), layer("b", inputs, outputs), layer("c", inputs, outputs)]
    for layer in layers { try layer.bias.assign(.normal(layer.bias.shape, deviation: 1, seed: 4)) }
    let joined = try JoinedLinear(layers)
    let x = try Tensor.normal([rows, inputs], deviation: 1, seed: 1)
    try x.setRequiresGradient(true)
    let weights = try layers.map { try Tensor.normal([rows, $0.weight.shape[0]], deviation: 1, seed: 2) }
    let gradients = { (results: [Tensor]) -> [Tensor] in
      let parts = try zip(results, weights).map { try ($0.to(.float32) * $1).sum() }
      try (parts[0] + parts[1] + parts[2]).backward()
      let all = [x] + layers.flatMap { [$0.weight, $0.bias] }
      return try all.map { tensor in
        let gradient = try #require(try tensor.gradient()).clone()
        let optimizer = try AdamW([ParameterGroup(names: ["t"], parameters: [tensor], weightDecay: 0)])
        try optimizer.clearGradients()
        return gradient
      }
    }
    let plain = try layers.map { try $0(x) }
    let fused = try mixed { try joined(x, 0..<3) }
    for (own, peer) in zip(fused, plain) {
      #expect(own.dtype == .bfloat16)
      try expectNear(own, peer, "result")
    }
    for (own, peer) in try zip(gradients(fused), gradients(plain)) {
      #expect(own.dtype == .float32)
      try expectNear(own, peer, "gradient")
    }
    try expectNear(mixed { try joined(x, 1..<2)[0] }, plain[1], "one of three")
  }

  @Test func copiesFollowTheWeights() throws {
    let layer = try layer("a", 8, 4)
    let x = try Tensor.normal([3, 8], deviation: 1, seed: 1)
    _ = try mixed { try layer(x) }
    try layer.weight.assign(.normal([4, 8], deviation: 1, seed: 5))
    try expectNear(mixed { try layer(x) }, layer(x), "after assign")
    let optimizer = try AdamW(
      [ParameterGroup(names: ["w"], parameters: [layer.weight], weightDecay: 0)])
    try mixed { try layer(x).to(.float32).sum() }.backward()
    try optimizer.step(learningRate: 0.5)
    try expectNear(mixed { try layer(x) }, layer(x), "after an update")
  }

  @Test func refusesRowsOfAnotherSize() throws {
    let layer = try layer("a", 8, 4)
    #expect(throws: FarqError.self) { try mixed { try layer(.ones([2, 9])) } }
  }
}
