import FarqTorch
import Testing

@Suite(.serialized) struct AutogradTests {
  @Test func gathersGradients() throws {
    let x = try Tensor([1, 2, 3] as [Float], shape: [3])
    #expect(!x.requiresGradient)
    try x.setRequiresGradient(true)
    #expect(x.requiresGradient)
    #expect(try x.gradient() == nil)
    try (x * x).sum().backward()
    #expect(try x.gradient()?.floats() == [2, 4, 6])
    try (x * 10).sum().backward()
    #expect(try x.gradient()?.floats() == [12, 14, 16])
    #expect(try !x.detached().requiresGradient)
  }

  @Test func withoutGradientsRecordsNothingAndPutsTheModeBack() throws {
    let x = try Tensor.ones([2])
    try x.setRequiresGradient(true)
    try Torch.withoutGradients {
      #expect(try !(x * 2).requiresGradient)
      let nested = try Torch.withoutGradients { try (x * 2).requiresGradient }
      #expect(!nested)
      #expect(try !(x * 2).requiresGradient)
    }
    #expect(try (x * 2).requiresGradient)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try Torch.withoutGradients { throw Stop() } }
    #expect(try (x * 2).requiresGradient)
  }

  @Test func autocastMultipliesInHalfTheBits() throws {
    let a = try Tensor.ones([2, 2])
    let half = try Torch.withAutocast(.bfloat16, on: .cpu) { try a.matmul(a).dtype }
    #expect(half == .bfloat16)
    #expect(try a.matmul(a).dtype == .float32)
    let single = try Torch.withAutocast(.float32, on: .cpu) { try a.matmul(a).dtype }
    #expect(single == .float32)
  }

  @Test func dropoutFollowsTheSeed() throws {
    let x = try Tensor.ones([1000])
    try Torch.seed(5)
    let state = try Torch.randomState(of: .cpu)
    let first = try x.dropout(0.25)
    let second = try x.dropout(0.25)
    #expect(try !first.equals(second))
    try Torch.seed(5)
    #expect(try x.dropout(0.25).equals(first))
    try Torch.setRandomState(state, of: .cpu)
    #expect(try x.dropout(0.25).equals(first))
    let kept = try first.floats().filter { $0 != 0 }
    #expect((690...810).contains(kept.count))
    #expect(kept.allSatisfy { abs($0 - 1 / 0.75) < 1e-6 })
  }

  @Test func dropoutRestsOutsideTraining() throws {
    let x = try Tensor.ones([100])
    #expect(try Dropout(0.5)(x, training: false) === x)
    #expect(try Dropout(0)(x, training: true) === x)
    #expect(try !Dropout(0.5)(x, training: true).equals(x))
  }
}
