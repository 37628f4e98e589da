import CTorch
import FarqCore

extension Tensor {
  /// The elements as single-precision numbers, in row-major order.
  public func floats() throws -> [Float] {
    try to(.float32).elements(of: Float.self)
  }

  /// The elements as 64-bit whole numbers, in row-major order.
  public func integers() throws -> [Int64] {
    try to(.int64).elements(of: Int64.self)
  }

  /// The only element.
  public func scalar() throws -> Double {
    guard count == 1 else { throw FarqError(.fault, "a tensor of shape \(shape) is no single number") }
    return try Double(floats()[0])
  }

  /// The elements' bytes, in row-major order and the machine's byte order.
  public func bytes() throws -> [UInt8] {
    try elements(of: UInt8.self, count: count * dtype.byteCount)
  }

  /// True where every element is finite.
  public func isFinite() throws -> Bool {
    var answer = false
    try TorchCall.check(ctorch_all_finite(handle, &answer))
    return answer
  }

  /// True where shape, type and every element are the same.
  public func equals(_ other: Tensor) throws -> Bool {
    guard dtype == other.dtype, shape == other.shape else { return false }
    var answer = false
    try TorchCall.check(ctorch_equal(handle, other.handle, &answer))
    return answer
  }

  private func elements<Element>(of type: Element.Type, count: Int? = nil) throws -> [Element] {
    let total = count ?? self.count
    return try [Element](unsafeUninitializedCapacity: total) { buffer, initialized in
      let byteCount = total * MemoryLayout<Element>.stride
      if byteCount > 0 { try TorchCall.check(ctorch_copy_bytes(handle, buffer.baseAddress, byteCount)) }
      initialized = total
    }
  }
}
