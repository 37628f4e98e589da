import FarqTesting
import FarqTorch
import Testing

/// Dropout of the fused operators: a mask of the right mean, the same in forward and backward, another in each call.
@Suite(.serialized) struct FusedDropoutTests {
  private static let tokens = 96
  private static let probability = 0.2

  /// With v = 1 (the unit matrix) the result is the map itself, and v's gradient under the unit matrix is its transpose.
  private func map(seed: UInt64) throws -> (forward: [Float], backward: [Float]) {
    let count = Self.tokens
    try Torch.seed(seed)
    let query = try Tensor.normal([count, 8], deviation: 0.1, seed: 1)
    let unit = try Tensor((0..<count * count).map { $0 % (count + 1) == 0 ? 1 : 0 } as [Float], shape: [count, count])
    let value = try unit.clone()
    try value.setRequiresGradient(true)
    let result = try Tensor.fusedAttention(
      query, query, value, lambda: nil, queryOffsets: [0, count], keyOffsets: [0, count],
      FusedAttentionOptions(heads: 1, mapSize: 8, valueSize: count, scale: 1, dropout: Self.probability))
    try (result * unit).sum().backward()
    // Σ_i result_ii: v's gradient has row j = Σ_i A_ij · unit_i, the transpose.
    return (try result.floats(), try #require(try value.gradient()).transposed(0, 1).clone().floats())
  }

  @Test func attentionDropsTheSameInForwardAndBackward() throws {
    let (forward, backward) = try map(seed: 3)
    #expect(zip(forward, backward).allSatisfy { abs($0 - $1) < 1e-6 })
    let dropped = Double(forward.filter { $0 == 0 }.count) / Double(forward.count)
    #expect(abs(dropped - Self.probability) < 0.02)
    let rowSums = stride(from: 0, to: forward.count, by: Self.tokens).map {
      forward[$0..<$0 + Self.tokens].reduce(0, +)
    }
    #expect(abs(rowSums.reduce(0, +) / Float(Self.tokens) - 1) < 0.02)
    #expect(try map(seed: 3).forward == forward)
    #expect(try map(seed: 4).forward != forward)
  }

  @Test func residualNormDropsTheSameInForwardAndBackward() throws {
    let (rows, size) = (64, 100)
    try Torch.seed(5)
    let norm = try LayerNorm(
      ParameterStore(source: nil, seed: 0, trainable: true).root, size: size, epsilon: 1e-5)
    let x = try Tensor.ones([rows, size])
    try x.setRequiresGradient(true)
    let result = try norm(x, shift: nil, residual: .zeros([rows, size]), dropout: Self.probability)
    let weights = try Tensor.normal([rows, size], deviation: 1, seed: 2)
    try (result * weights).sum().backward()
    let kept = try result.floats().map { $0 > 0 }
    let touched = try #require(try x.gradient()).floats().map { $0 != 0 }
    #expect(kept == touched)
    let share = Double(kept.filter { $0 }.count) / Double(kept.count)
    #expect(abs(share - (1 - Self.probability)) < 0.02)
  }
}
