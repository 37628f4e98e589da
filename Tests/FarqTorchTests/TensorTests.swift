import FarqCore
import FarqTorch
import Testing

@Suite struct TensorTests {
  private let square = [1, 2, 3, 4] as [Float]

  @Test func knowsShapeTypeAndDevice() throws {
    let tensor = try Tensor(square, shape: [2, 2])
    #expect(tensor.shape == [2, 2])
    #expect(tensor.count == 4)
    #expect(tensor.dtype == .float32)
    #expect(tensor.deviceName == "cpu")
    #expect(try Tensor.zeros([]).shape == [])
    #expect(try Tensor.zeros([]).count == 1)
    #expect(try Tensor([Int64](), shape: [0, 3]).floats() == [])
    #expect(try Tensor([true, false], shape: [2]).dtype == .bool)
  }

  @Test func calculates() throws {
    let a = try Tensor(square, shape: [2, 2])
    let row = try Tensor([10, 20] as [Float], shape: [2])
    #expect(try (a + row).floats() == [11, 22, 13, 24])
    #expect(try (a - row).floats() == [-9, -18, -7, -16])
    #expect(try (a * row).floats() == [10, 40, 30, 80])
    #expect(try (a / row).floats() == [0.1, 0.1, 0.3, 0.2])
    #expect(try (a * 0).floats() == [0, 0, 0, 0])
    #expect(try (a + 0.5).floats() == [1.5, 2.5, 3.5, 4.5])
    #expect(try a.matmul(a).floats() == [7, 10, 15, 22])
    #expect(try a.sum().scalar() == 10)
    #expect(try a.sum([0]).floats() == [4, 6])
    #expect(try a.mean([1], keepingDimensions: true).shape == [2, 1])
    #expect(try a.argmax(1).integers() == [1, 1])
    #expect(try a.greater(than: row).integers() == [0, 0, 0, 0])
    #expect(try row.greater(than: a).integers() == [1, 1, 1, 1])
    #expect(try a.filled(where: a.differs(from: 2), with: 9).floats() == [9, 2, 9, 9])
    expectClose(try a.softmax(1).floats(), [0.268941, 0.731059, 0.268941, 0.731059], within: 1e-6)
    expectClose(try a.logSoftmax(0).exp().floats(), [0.119203, 0.119203, 0.880797, 0.880797], within: 1e-6)
    expectClose(try a.tanh().floats(), [0.761594, 0.964028, 0.995055, 0.999329], within: 1e-6)
    expectClose(try a.sigmoid().floats(), [0.731059, 0.880797, 0.952574, 0.982014], within: 1e-6)
    expectClose(try a.squareRoot().floats(), [1, 1.414214, 1.732051, 2], within: 1e-6)
    #expect(try (a + -2.5).relu().floats() == [0, 0, 0.5, 1.5])
  }

  @Test func takesOtherShapes() throws {
    let a = try Tensor([0, 1, 2, 3, 4, 5] as [Float], shape: [2, 3])
    #expect(try a.transposed(0, 1).floats() == [0, 3, 1, 4, 2, 5])
    #expect(try a.transposed(0, 1).bytes().count == 24)
    #expect(try a.reshaped([3, -1]).shape == [3, 2])
    #expect(try a.narrowed(1, 1..<3).floats() == [1, 2, 4, 5])
    #expect(try a.selected(0, 1).floats() == [3, 4, 5])
    #expect(try a.strided(1, from: 0, by: 2).floats() == [0, 2, 3, 5])
    #expect(try Tensor.concatenate([a, a.narrowed(0, 0..<1)], 0).shape == [3, 3])
    #expect(try a.selecting(0, Tensor([1, 1] as [Int64], shape: [2])).floats() == [3, 4, 5, 3, 4, 5])
    #expect(try a.gathered(1, Tensor([2, 0] as [Int64], shape: [2, 1])).floats() == [2, 3])
    #expect(try a.narrowed(0, 0..<1).expanded([2, 3]).floats() == [0, 1, 2, 0, 1, 2])
    let index = try Tensor([3, 1] as [Int64], shape: [2])
    #expect(try a.scattered(to: index, count: 4).floats() == [0, 0, 0, 3, 4, 5, 0, 0, 0, 0, 1, 2])
  }

  @Test func convertsTypes() throws {
    let a = try Tensor([1.5, -2.25, 65504] as [Float], shape: [3])
    for dtype in [DType.float16, .bfloat16, .float64] {
      let other = try a.to(dtype)
      #expect(other.dtype == dtype)
      #expect(try other.bytes().count == 3 * dtype.byteCount)
    }
    #expect(try a.to(.float16).floats() == [1.5, -2.25, 65504])
    #expect(try a.to(.int64).integers() == [1, -2, 65504])
    #expect(try a.to(.float32) === a)
    #expect(try a.to(Device.cpu) === a)
  }

  @Test func comparesWholeTensors() throws {
    let a = try Tensor(square, shape: [2, 2])
    #expect(try a.equals(a.clone()))
    #expect(try !a.equals(a + 1e-6))
    #expect(try !a.equals(a.reshaped([4])))
    #expect(try !a.equals(a.to(.float64)))
    #expect(try a.isFinite())
    #expect(try !(a / (a * 0)).isFinite())
  }

  @Test func assignsInPlace() throws {
    let a = try Tensor(square, shape: [2, 2])
    let view = try a.reshaped([4])
    let copy = try a.clone()
    try a.assign(.ones([2, 2]))
    #expect(try view.floats() == [1, 1, 1, 1])
    #expect(try copy.floats() == square)
  }

  @Test func borrowsMemoryAsLongAsItIsNeeded() throws {
    final class Owner {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 8)
      let onEnd: () -> Void
      init(_ onEnd: @escaping () -> Void) { self.onEnd = onEnd }
      deinit {
        onEnd()
        buffer.deallocate()
      }
    }
    var isGone = false
    var tensor: Tensor?
    do {
      let owner = Owner { isGone = true }
      owner.buffer.storeBytes(of: 2.5, as: Double.self)
      tensor = try .borrowing(UnsafeRawBufferPointer(owner.buffer), owner: owner, shape: [1], dtype: .float64)
    }
    var view = try tensor?.reshaped([])
    tensor = nil
    #expect(!isGone)
    #expect(try view?.scalar() == 2.5)
    view = nil
    #expect(isGone)
  }

  @Test func numbersFromASeedAreTheSame() throws {
    let a = try Tensor.normal([1000], mean: 3, deviation: 0.5, seed: 7)
    #expect(try a.equals(.normal([1000], mean: 3, deviation: 0.5, seed: 7)))
    #expect(try !a.equals(.normal([1000], mean: 3, deviation: 0.5, seed: 8)))
    let mean = try a.mean().scalar()
    let centred = try a + -mean
    #expect(abs(mean - 3) < 0.08)
    #expect(abs(try (centred * centred).mean().scalar().squareRoot() - 0.5) < 0.04)
  }
}
