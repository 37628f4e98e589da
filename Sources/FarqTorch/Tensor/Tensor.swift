import CTorch
import FarqCore

/// A tensor of libtorch. The object owns one handle and frees it; two tensors may share elements.
///
/// Not `Sendable`: autograd's graph hangs on it, so a tensor stays on the thread that made it.
public final class Tensor {
  /// The shim's handle, owned.
  let handle: OpaquePointer

  /// Takes ownership of a handle (+1).
  init(taking handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    ctorch_tensor_free(handle)
  }

  /// The sizes of the dimensions.
  public var shape: [Int] {
    var rank: Int32 = 0
    guard ctorch_rank(handle, &rank) == 0, rank > 0 else { return [] }
    var sizes = [Int64](repeating: 0, count: Int(rank))
    guard ctorch_shape(handle, &sizes) == 0 else { return [] }
    return sizes.map(Int.init)
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The type of the elements.
  public var dtype: DType {
    var code: Int32 = 0
    _ = ctorch_dtype_of(handle, &code)
    return DType(rawValue: code) ?? .float32
  }

  /// Whether the elements lie in the processor's memory.
  public var isOnProcessor: Bool { ctorch_is_on_processor(handle) }

  /// libtorch's word for the device, as `cpu` or `cuda:0`.
  public var deviceName: String {
    var name = [CChar](repeating: 0, count: 32)
    _ = ctorch_device_of(handle, &name, name.count)
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
