import CTorch
import FarqCore

extension Tensor {
  /// The same elements in another shape; one size may be -1.
  public func reshaped(_ shape: [Int]) throws -> Tensor {
    try TorchCall.tensor { ctorch_reshape(handle, Tensor.sizes(shape), Int32(shape.count), $0) }
  }

  /// Two dimensions exchanged.
  public func transposed(_ first: Int, _ second: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_transpose(handle, Int64(first), Int64(second), $0) }
  }

  /// Dimensions of size 1 repeated to `shape`, without a copy.
  public func expanded(_ shape: [Int]) throws -> Tensor {
    try TorchCall.tensor { ctorch_expand(handle, Tensor.sizes(shape), Int32(shape.count), $0) }
  }

  /// The slices `range` of `dimension`.
  public func narrowed(_ dimension: Int, _ range: Range<Int>) throws -> Tensor {
    try TorchCall.tensor { ctorch_narrow(handle, Int64(dimension), Int64(range.lowerBound), Int64(range.count), $0) }
  }

  /// Parts of `sizes` along `dimension`, without a copy; their sum is the whole.
  public func split(_ dimension: Int, into sizes: [Int]) throws -> [Tensor] {
    var parts = [OpaquePointer?](repeating: nil, count: sizes.count)
    try TorchCall.check(ctorch_split(handle, Int64(dimension), Tensor.sizes(sizes), Int32(sizes.count), &parts))
    return try parts.map { Tensor(taking: try TorchCall.owned($0)) }
  }

  /// The slice `index` of `dimension`, without that dimension.
  public func selected(_ dimension: Int, _ index: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_select(handle, Int64(dimension), Int64(index), $0) }
  }

  /// Every `step`-th slice of `dimension`, from `start`.
  public func strided(_ dimension: Int, from start: Int, by step: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_stride(handle, Int64(dimension), Int64(start), Int64(step), $0) }
  }

  /// Tensors one after the other along `dimension`.
  public static func concatenate(_ tensors: [Tensor], _ dimension: Int) throws -> Tensor {
    guard !tensors.isEmpty else { throw FarqError(.fault, "nothing to concatenate") }
    let handles = tensors.map { Optional($0.handle) }
    return try TorchCall.tensor { ctorch_concatenate(handles, Int32(handles.count), Int64(dimension), $0) }
  }

  /// The slices of `dimension` that `index` (int64, one-dimensional) names, in its order.
  public func selecting(_ dimension: Int, _ index: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_index_select(handle, Int64(dimension), index.handle, $0) }
  }

  /// A tensor [count, …] with this tensor's rows at the places `index`, zero elsewhere.
  public func scattered(to index: Tensor, count: Int) throws -> Tensor {
    try TorchCall.tensor { ctorch_scatter_rows(handle, index.handle, Int64(count), $0) }
  }

  /// Along `dimension`, the elements that `index` (of the result's shape) names.
  public func gathered(_ dimension: Int, _ index: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_gather(handle, Int64(dimension), index.handle, $0) }
  }
}
