/// A number that may still be worked out on a device: it is read when it is needed, and not where it is made, so that no
/// step waits for the device.
public enum DeferredNumber {
  /// A number that is here.
  case known(Double)
  /// A tensor of one element.
  case onDevice(Tensor)

  /// The number in `tensor`, of one element; on the processor it is here already.
  public init(_ tensor: Tensor) throws {
    self = tensor.isOnProcessor ? .known(try tensor.scalar()) : .onDevice(try tensor.detached())
  }

  /// The number; waits for the device.
  public func read() throws -> Double { try Self.read([self])[0] }

  /// All numbers; those on a device come in one copy.
  public static func read(_ numbers: [DeferredNumber]) throws -> [Double] {
    let tensors = try numbers.compactMap { number in
      if case .onDevice(let tensor) = number { try tensor.to(.float32).reshaped([1]) } else { nil }
    }
    var read = tensors.isEmpty ? [][...] : try Tensor.concatenate(tensors, 0).floats()[...]
    return numbers.map { number in
      if case .known(let value) = number { value } else { Double(read.popFirst() ?? .nan) }
    }
  }

  /// The sum of both.
  public static func + (a: DeferredNumber, b: DeferredNumber) throws -> DeferredNumber {
    switch (a, b) {
    case (.known(let a), .known(let b)): .known(a + b)
    case (.onDevice(let a), .onDevice(let b)): .onDevice(try a + b)
    case (.known(let known), .onDevice(let tensor)), (.onDevice(let tensor), .known(let known)):
      .onDevice(try tensor * 1 + known)
    }
  }
}
