import FarqCore
import FarqTesting
import FarqTorch
import Testing

/// Linear layers in 8 bits.
@Suite struct Int8LinearTests {
  private let store = ParameterStore(source: nil, seed: 7, trainable: false)

  private func layer(_ name: String, _ inputs: Int, _ outputs: Int) throws -> Linear {
    let layer = try Linear(store.root / name, from: inputs, to: outputs, deviation: 0.1)
    try layer.bias.assign(.normal([outputs], deviation: 1, seed: 4))
    return layer
  }

  private func eight(_ body: () throws -> Tensor) throws -> Tensor {
    try Torch.withAutocast(.int8, on: .cpu, body)
  }

  /// Whole numbers up to 127 in every row are their own 8-bit form: the result is exact.
  @Test(arguments: [(1, 4, 1), (7, 13, 70), (200, 129, 65)])
  func isExactOnWholeNumbers(rows: Int, inputs: Int, outputs: Int) throws {
    let layer = try layer("a", inputs, outputs)
    let numbers = { (count: Int, width: Int) in
      (0..<count * width).map { $0 % width == 0 ? 127 : Float(($0 * 7919) % 255 - 127) }
    }
    try layer.weight.assign(Tensor(numbers(outputs, inputs), shape: [outputs, inputs]))
    let x = try Tensor(numbers(rows, inputs), shape: [rows, inputs])
    let expected = try layer(x).floats()
    expectClose(
      try eight { try layer(x) }.floats(), expected, within: 1e-6 * (expected.map(abs).max() ?? 1))
  }

  @Test func staysWithinItsBounds() throws {
    let layer = try layer("b", 96, 40)
    let x = try Tensor.normal([33, 96], deviation: 1, seed: 1)
    let largest = try layer(x).floats().map(abs).max() ?? 1
    expectClose(try eight { try layer(x) }.floats(), try layer(x).floats(), within: 0.02 * largest)
    for form in [GELUForm.erf, .tanh] {
      let expected = try layer(x).gelu(tanhForm: form == .tanh).floats()
      expectClose(try eight { try layer.gelu(x, form) }.floats(), expected, within: 0.02 * largest)
      let mixed = try eight { try layer.gelu(x.to(.bfloat16), form) }
      #expect(mixed.dtype == .bfloat16)
      expectClose(try mixed.to(.float32).floats(), expected, within: 0.03 * largest)
    }
  }

  @Test func zeroRowsGiveTheBias() throws {
    let layer = try layer("c", 8, 3)
    expectClose(try eight { try layer(.zeros([2, 8])) }.floats(), try layer(.zeros([2, 8])).floats(), within: 0)
  }
}
