import FarqCore
import FarqTesting
import FarqTorch
import Testing

/// Six steps against `torch.optim.AdamW` with clipping, Fixtures/adamw.safetensors.
@Suite struct AdamWTests {
  private let peer: Peer
  private let parameters: [Tensor]
  private let optimizer: AdamW

  init() throws {
    let peer = try Peer("adamw.safetensors")
    let parameters = try (0..<3).map { try peer.leaf("start.\($0)") }
    optimizer = try Self.make(parameters)
    (self.peer, self.parameters) = (peer, parameters)
  }

  private static func make(_ parameters: [Tensor]) throws -> AdamW {
    try AdamW(
      [
        ParameterGroup(names: ["a", "c"], parameters: [parameters[0], parameters[2]], weightDecay: 0.1),
        ParameterGroup(names: ["b"], parameters: [parameters[1]], weightDecay: 0, learningRateFactor: 0.5),
      ], beta1: 0.8, beta2: 0.95, epsilon: 1e-6)
  }

  private func step(_ number: Int, _ parameters: [Tensor], _ optimizer: AdamW) throws -> Double {
    let y = try peer("x.\(number)").matmul(parameters[0]) + parameters[1]
    try (y * y).mean().backward()
    let norm = try optimizer.clipGradients(to: 1).read()
    try optimizer.step(learningRate: 1e-2)
    try optimizer.clearGradients()
    return norm
  }

  @Test func equalsTorch() throws {
    let norms = try peer("norms").floats()
    for number in 0..<6 {
      let norm = try step(number, parameters, optimizer)
      expectClose([Float(norm)], [norms[number]], within: 1e-5 * norms[number], "norm of step \(number)")
      for index in 0..<3 {
        expectClose(
          try parameters[index].floats(), try peer("after.\(number).\(index)").floats(), within: 1e-6,
          "parameter \(index) after step \(number)")
        #expect(try parameters[index].gradient() == nil)
      }
    }
  }

  @Test func clippingSaysTheNormAndScalesTheStep() throws {
    let x = try Tensor([3, 4] as [Float], shape: [2])
    try x.setRequiresGradient(true)
    let optimizer = try AdamW([ParameterGroup(names: ["x"], parameters: [x], weightDecay: 0)])
    #expect(try optimizer.clipGradients(to: 1).read() == 0)
    try (x * x).sum().backward()
    #expect(try optimizer.clipGradients(to: 0).read() == 10)
    #expect(try optimizer.clipGradients(to: 100).read() == 10)
    #expect(try optimizer.clipGradients(to: 1).read() == 10)
    try optimizer.step(learningRate: 0)
    expectClose(try #require(try optimizer.stateTensors["first.x"]).floats(), [0.06, 0.08], within: 1e-7)
  }

  @Test func goesOnFromASavedState() throws {
    for number in 0..<3 { _ = try step(number, parameters, optimizer) }
    let folder = try TemporaryFolder()
    try SafetensorsWriter.write(optimizer.stateTensors, to: folder.file("state.safetensors"))
    let copies = try parameters.map { try $0.detached().clone() }
    for copy in copies { try copy.setRequiresGradient(true) }
    let again = try Self.make(copies)
    try again.restore(from: SafetensorsFile(folder.file("state.safetensors")))
    for number in 3..<6 { _ = try step(number, copies, again) }
    for number in 3..<6 { _ = try step(number, parameters, optimizer) }
    for index in 0..<3 { #expect(try copies[index].equals(parameters[index]), "parameter \(index)") }
    let error = #expect(throws: FarqError.self) { try again.restore(from: WeightDictionary()) }
    #expect(error?.kind == .badData)
  }

  /// A gradient of the touched rows alone gives the same updates as the dense one, for all rows.
  @Test func sparseGradientsEqualDenseOnes() throws {
    let start = try Tensor.normal([50, 12], deviation: 1, seed: 3)
    let tables = try (0..<2).map { _ in
      let table = try start.clone()
      try table.setRequiresGradient(true)
      return table
    }
    let optimizers = try tables.map {
      try AdamW([ParameterGroup(names: ["t"], parameters: [$0], weightDecay: 0.1)])
    }
    for step in 0..<6 {
      let ids = try Tensor([7, Int64(step), 7, 49, 0], shape: [5])
      for (index, table) in tables.enumerated() {
        let rows = try Tensor.embedding(ids, weight: table, padding: 0, sparse: index == 0)
        try (rows * rows).sum().backward()
        #expect(try #require(try table.gradient()).floats().prefix(12).allSatisfy { $0 == 0 }, "padding")
        _ = try optimizers[index].clipGradients(to: 1)
        try optimizers[index].step(learningRate: 0.1)
        try optimizers[index].clearGradients()
      }
      expectClose(try tables[0].floats(), try tables[1].floats(), within: 1e-6, "step \(step)")
    }
  }

  @Test func momentsBeginAtZeroWhateverTheParameter() throws {
    let x = try Tensor([.infinity, 1] as [Float], shape: [2])
    try x.setRequiresGradient(true)
    let optimizer = try AdamW([ParameterGroup(names: ["x"], parameters: [x], weightDecay: 0)])
    #expect(try optimizer.stateTensors["first.x"]?.floats() == [0, 0])
  }
}

/// The factor on the loss for half precision, as torch.amp.GradScaler has it.
@Suite struct LossScaleTests {
  private func optimizer(_ parameter: Tensor, _ scale: LossScale) throws -> AdamW {
    try AdamW([ParameterGroup(names: ["p"], parameters: [parameter], weightDecay: 0)], lossScale: scale)
  }

  @Test func theFactorIsTakenOutAgain() throws {
    let (scaled, plain) = (
      try Tensor([Float](arrayLiteral: 1, 2, -3), shape: [3]), try Tensor([Float](arrayLiteral: 1, 2, -3), shape: [3])
    )
    let scale = try LossScale(on: .cpu, initial: 1024)
    for (parameter, optimizer, factor) in [
      (scaled, try optimizer(scaled, scale), scale),
      (plain, try AdamW([ParameterGroup(names: ["p"], parameters: [plain], weightDecay: 0)]), nil),
    ] as [(Tensor, AdamW, LossScale?)] {
      try parameter.setRequiresGradient(true)
      for _ in 0..<5 {
        let loss = try (parameter * parameter).sum()
        try (factor.map { try $0(loss) } ?? loss).backward()
        #expect(try abs(optimizer.clipGradients(to: 1).read() - 2 * loss.scalar().squareRoot()) < 1e-4)
        try optimizer.step(learningRate: 0.1)
        try optimizer.clearGradients()
      }
    }
    #expect(try zip(scaled.floats(), plain.floats()).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(try scaled.floats()[0] < 0.6)
  }

  @Test func anInfiniteGradientIsLeftOutAndHalvesTheFactor() throws {
    let parameter = try Tensor([Float](arrayLiteral: 1, 2), shape: [2])
    try parameter.setRequiresGradient(true)
    let scale = try LossScale(on: .cpu, initial: 8, interval: 2)
    let optimizer = try optimizer(parameter, scale)
    func update(_ factor: Double) throws {
      try scale((parameter * factor).sum()).backward()
      _ = try optimizer.clipGradients(to: 1)
      try optimizer.step(learningRate: 0.1)
      try optimizer.clearGradients()
    }
    try update(.infinity)
    #expect(try parameter.floats() == [1, 2])
    #expect(try scale.value() == 4)
    #expect(try optimizer.stateTensors["step.p"]?.scalar() == 0)
    try update(1)
    #expect(try parameter.floats()[0] < 1)
    #expect(try scale.value() == 4 && optimizer.stateTensors["step.p"]?.scalar() == 1)
    try update(1)
    #expect(try scale.value() == 8)
    let other = try LossScale(on: .cpu)
    let restored = try self.optimizer(parameter, other)
    try restored.restore(from: WeightDictionary(optimizer.stateTensors))
    #expect(try other.value() == 8)
  }

  @Test func numbersOfADeviceAreReadTogether() throws {
    let numbers: [DeferredNumber] = [.known(1), .onDevice(try .full([], 2)), .known(3), .onDevice(try .full([1], 4))]
    #expect(try DeferredNumber.read(numbers) == [1, 2, 3, 4])
    #expect(try (numbers[0] + numbers[1]).read() == 3 && (numbers[1] + numbers[3]).read() == 6)
    #expect(try DeferredNumber(.full([], 5)).read() == 5)
  }
}
