import FarqCore
import FarqTorch
import Testing

@Suite struct ParameterStoreTests {
  private func source() throws -> WeightDictionary {
    try WeightDictionary([
      "a.weight": .full([2, 3], 0.5), "a.bias": Tensor.ones([2]).to(.float16), "extra": .zeros([1]),
    ])
  }

  @Test func takesWhatTheSourceHas() throws {
    let source = try source()
    let store = ParameterStore(source: source, seed: 0, trainable: true)
    let layer = try Linear(store.root / "a", from: 3, to: 2, deviation: 1)
    #expect(store.names == ["a.weight", "a.bias"])
    #expect(store.parameterCount == 8)
    #expect(try layer.weight.floats() == [Float](repeating: 0.5, count: 6))
    #expect(layer.bias.dtype == .float32)
    #expect(layer.weight.requiresGradient)
    try layer.weight.setRequiresGradient(false)
    try layer.weight.assign(.zeros([2, 3]))
    #expect(try source.tensor("a.weight")?.floats() == [Float](repeating: 0.5, count: 6))
    try store.finish(ignoring: { $0 == "extra" })
  }

  @Test func listsAllThatDoesNotFit() throws {
    let store = ParameterStore(source: try source(), seed: 0, trainable: false)
    _ = try Linear(store.root / "a", from: 4, to: 2, deviation: 1)
    _ = try LayerNorm(store.root / "norm", size: 3, epsilon: 1)
    let error = #expect(throws: FarqError.self) { try store.finish() }
    #expect(error?.kind == .badData)
    for words in ["a.weight is [2, 3], not [2, 4]", "missing norm.weight [3]", "missing norm.bias [3]"]
      + ["unexpected extra"]
    {
      #expect(error?.message.contains(words) == true, "\(words)")
    }
  }

  @Test func drawsByNameAndSeed() throws {
    func draw(_ names: [String], seed: UInt64) throws -> ParameterStore {
      let store = ParameterStore(source: nil, seed: seed, trainable: false)
      for name in names { _ = try Embedding(store.root / name, words: 4, size: 5, deviation: 0.02) }
      try store.finish()
      return store
    }
    let (one, other) = (try draw(["x", "y"], seed: 3), try draw(["y", "x"], seed: 3))
    let x = try #require(one["x.weight"])
    #expect(try other["x.weight"]?.equals(x) == true)
    #expect(try one["y.weight"]?.equals(x) == false)
    #expect(try draw(["x"], seed: 4)["x.weight"]?.equals(x) == false)
  }

  @Test func drawsOnlyByPermission() throws {
    let store = ParameterStore(source: try source(), seed: 0, trainable: false) { $0.hasPrefix("norm.") }
    _ = try Linear(store.root / "a", from: 3, to: 2, deviation: 1)
    let norm = try LayerNorm(store.root / "norm", size: 3, epsilon: 1)
    #expect(store.drawn == ["norm.weight", "norm.bias"])
    #expect(try norm.weight.floats() == [1, 1, 1])
    try store.finish(ignoring: { $0 == "extra" })
  }
}
