import FarqTorch
import Testing

/// Forward values and gradients against torch, Fixtures/layers.safetensors.
@Suite struct LayerTests {
  private let peer: Peer

  init() throws {
    peer = try Peer("layers.safetensors")
  }

  /// Compares the value, and the gradients of sum(y · y).
  private func check(_ name: String, _ out: Tensor, _ leaves: [String: Tensor]) throws {
    expectClose(try out.floats(), try peer("\(name).out").floats(), within: 1e-5, name)
    try (out * out).sum().backward()
    for (key, leaf) in leaves {
      let gradient = try #require(try leaf.gradient()).floats()
      let expected = try peer("\(name).\(key).gradient").floats()
      expectClose(gradient, expected, within: 1e-5 * max(1, expected.map(abs).max() ?? 0), "\(name).\(key)")
    }
  }

  @Test func linear() throws {
    let (x, w, b) = (try peer.leaf("linear.x"), try peer.leaf("linear.weight"), try peer.leaf("linear.bias"))
    try check("linear", x.linear(w, bias: b), ["x": x, "weight": w, "bias": b])
  }

  @Test func layerNorm() throws {
    let name = "layer_norm"
    let (x, w, b) = (try peer.leaf("\(name).x"), try peer.leaf("\(name).weight"), try peer.leaf("\(name).bias"))
    try check(name, x.layerNorm(weight: w, bias: b, epsilon: 1e-12), ["x": x, "weight": w, "bias": b])
  }

  @Test func rmsNorm() throws {
    let (x, w) = (try peer.leaf("rms_norm.x"), try peer.leaf("rms_norm.weight"))
    try check("rms_norm", x.rmsNorm(weight: w, epsilon: 1e-5), ["x": x, "weight": w])
  }

  @Test func gelu() throws {
    let (x, y) = (try peer.leaf("gelu_none.x"), try peer.leaf("gelu_tanh.x"))
    try check("gelu_none", x.gelu(), ["x": x])
    try check("gelu_tanh", y.gelu(tanhForm: true), ["x": y])
  }

  @Test func embedding() throws {
    let w = try peer.leaf("embedding.weight")
    try check("embedding", .embedding(peer("embedding.ids"), weight: w, padding: 0), ["weight": w])
    #expect(try w.gradient()?.narrowed(0, 0..<1).floats() == [0, 0, 0])
  }

  @Test func attention() throws {
    let (q, k, v) = (try peer.leaf("attention.q"), try peer.leaf("attention.k"), try peer.leaf("attention.v"))
    let out = try Tensor.scaledDotProductAttention(
      query: q, key: k, value: v, mask: peer("attention.mask"), dropout: 0, scale: 0.5)
    try check("attention", out, ["q": q, "k": k, "v": v])
  }

  @Test func crossEntropy() throws {
    let (targets, weights) = (try peer("loss.targets"), try peer("loss.weights"))
    let cases: [(String, Tensor?, Double)] = [
      ("plain", nil, 0), ("weighted", weights, 0), ("smooth", nil, 0.1), ("both", weights, 0.2),
    ]
    for (name, classWeights, smoothing) in cases {
      let x = try peer.leaf("loss_\(name).x")
      let loss = try x.crossEntropy(targets, classWeights: classWeights, labelSmoothing: smoothing)
      try check("loss_\(name)", loss, ["x": x])
    }
  }
}
