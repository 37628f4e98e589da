import FarqCore
import FarqTorch
import Testing

/// Every exception of C++ becomes a ``FarqError`` of one line.
@Suite struct TorchCallTests {
  @Test func wrongShapesAreFaults() throws {
    let (a, b) = (try Tensor.ones([2, 3]), try Tensor.ones([2, 3]))
    let calls: [() throws -> Any] = [
      { try a.matmul(b) }, { try a + Tensor.ones([2]) }, { try a.reshaped([7]) }, { try a.narrowed(0, 1..<9) },
      { try a.selected(5, 0) }, { try Tensor.concatenate([a, Tensor.ones([4])], 0) }, { try a.softmax(9) },
      { try a.layerNorm(weight: .ones([2]), bias: .ones([2]), epsilon: 1) },
      { try Tensor.embedding(Tensor([9] as [Int64], shape: [1]), weight: a) },
      { try a.crossEntropy(Tensor([0, 7] as [Int64], shape: [2])) }, { try a.backward() }, { try a.scalar() },
      { try a.assign(Tensor.ones([7])) }, { try Tensor.concatenate([], 0) },
      { try Tensor([1] as [Float], shape: [2]) },
    ]
    for (index, call) in calls.enumerated() {
      let error = #expect(throws: FarqError.self, "call \(index)") { _ = try call() }
      #expect(error?.kind == .fault, "call \(index)")
      #expect(error?.message.contains("\n") == false, "call \(index)")
    }
  }

  @Test func aLaterCallIsNotDisturbed() throws {
    let a = try Tensor.ones([2, 3])
    _ = try? a.matmul(a)
    #expect(try (a + a).floats() == [2, 2, 2, 2, 2, 2])
  }

  @Test func tooLittleMemoryIsNoFault() {
    let error = #expect(throws: FarqError.self) { try Tensor.zeros([1 << 50]) }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("--batch-size") == true)
  }

  @Test func devicesThatAreNotThere() throws {
    #expect(try Device(choosing: "cpu") == .cpu)
    _ = try Device(choosing: "auto")
    let error = #expect(throws: FarqError.self) { try Device(choosing: "abacus") }
    #expect(error?.kind == .usage)
    for word in ["cuda", "mps"] {
      do {
        _ = try Device(choosing: word)
      } catch let error as FarqError {
        #expect(error.kind == .unavailable)
      }
    }
  }

  @Test func versionAndThreads() throws {
    #expect(Torch.version.hasPrefix("2."))
    let before = try Torch.threads()
    try Torch.setThreads(1)
    #expect(try Torch.threads() == 1)
    try Torch.setThreads(before)
  }
}
