import CTorch
import FarqCore

extension Tensor {
  /// A tensor of `values` in row-major order.
  public convenience init(_ values: [Float], shape: [Int]) throws {
    try self.init(copying: values, shape: shape, dtype: .float32)
  }

  /// A tensor of 64-bit whole numbers in row-major order: ids, indices, targets.
  public convenience init(_ values: [Int64], shape: [Int]) throws {
    try self.init(copying: values, shape: shape, dtype: .int64)
  }

  /// A tensor of truth values in row-major order.
  public convenience init(_ values: [Bool], shape: [Int]) throws {
    try self.init(copying: values.map { UInt8($0 ? 1 : 0) }, shape: shape, dtype: .bool)
  }

  /// A tensor over a copy of `bytes`, in row-major order and the machine's byte order.
  public convenience init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) throws {
    self.init(taking: try Self.handle(copying: bytes, shape: shape, dtype: dtype))
  }

  private convenience init<Element>(copying values: [Element], shape: [Int], dtype: DType) throws {
    self.init(taking: try values.withUnsafeBytes { try Self.handle(copying: $0, shape: shape, dtype: dtype) })
  }

  /// A new handle (+1) over a copy of `bytes`.
  private static func handle(copying bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) throws -> OpaquePointer
  {
    guard bytes.count == CheckedSize.bytes(shape, width: dtype.byteCount) else {
      throw FarqError(.fault, "a tensor of shape \(shape) does not take \(bytes.count) bytes")
    }
    var out: OpaquePointer?
    try TorchCall.check(ctorch_from_bytes(bytes.baseAddress, sizes(shape), Int32(shape.count), dtype.rawValue, &out))
    guard let out else { throw FarqError(.fault, "libtorch gave no tensor") }
    return out
  }

  /// A tensor over `bytes` without a copy; `owner` is kept alive as long as any tensor needs the bytes.
  ///
  /// The elements must not be written to: they may be a read-only mapping.
  public static func borrowing(
    _ bytes: UnsafeRawBufferPointer, owner: AnyObject, shape: [Int], dtype: DType
  ) throws -> Tensor {
    guard bytes.count == CheckedSize.bytes(shape, width: dtype.byteCount), let address = bytes.baseAddress else {
      return try Tensor(bytes: bytes, shape: shape, dtype: dtype)
    }
    let context = Unmanaged.passRetained(owner)
    do {
      return try TorchCall.tensor {
        ctorch_from_borrowed_bytes(
          UnsafeMutableRawPointer(mutating: address), sizes(shape), Int32(shape.count), dtype.rawValue,
          { context in
            if let context { Unmanaged<AnyObject>.fromOpaque(context).release() }
          },
          context.toOpaque(), $0)
      }
    } catch {
      context.release()
      throw error
    }
  }

  /// A tensor of one value.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, on device: Device = .cpu
  ) throws -> Tensor {
    try TorchCall.tensor {
      ctorch_full(sizes(shape), Int32(shape.count), value, dtype.rawValue, device.name, $0)
    }
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: [Int], dtype: DType = .float32, on device: Device = .cpu) throws -> Tensor {
    try full(shape, 0, dtype: dtype, on: device)
  }

  /// A tensor of ones.
  public static func ones(_ shape: [Int], dtype: DType = .float32, on device: Device = .cpu) throws -> Tensor {
    try full(shape, 1, dtype: dtype, on: device)
  }

  /// The whole numbers `0..<end`, shape `[end]`.
  public static func range(_ end: Int, on device: Device = .cpu) throws -> Tensor {
    try TorchCall.tensor { ctorch_arange(Int64(end), DType.int64.rawValue, device.name, $0) }
  }

  /// Normally distributed numbers that depend on the seed alone.
  public static func normal(_ shape: [Int], mean: Double = 0, deviation: Double = 1, seed: UInt64) throws -> Tensor {
    try TorchCall.tensor { ctorch_randn(sizes(shape), Int32(shape.count), mean, deviation, seed, $0) }
  }

  /// The shape as the shim wants it.
  static func sizes(_ shape: [Int]) -> [Int64] {
    shape.map(Int64.init)
  }
}
