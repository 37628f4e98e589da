import CTorch

/// Weights [out, in] that the processor multiplies in fewer bits, one or several by one product, with the copies that it
/// reads. A copy in bfloat16 is made at the first product, and again after an update; one in 8 bits is made once.
final class ProductWeights {
  private let weights: [Tensor]
  private let handle: OpaquePointer
  private var int8Handle: OpaquePointer?

  /// Watches `weights`, float32 on the processor, of one number of inputs.
  init(_ weights: [Tensor]) throws {
    var made: OpaquePointer?
    let handles = weights.map { Optional($0.handle) }
    try TorchCall.check(ctorch_weights_make(handles, Int32(handles.count), &made))
    handle = try TorchCall.owned(made)
    self.weights = weights
  }

  deinit {
    ctorch_weights_free(handle)
    ctorch_int8_weight_free(int8Handle)
  }

  /// x [weights in `range`]ᵀ + biases, [rows, in] → [rows, Σ out] in bfloat16.
  func product(_ x: Tensor, _ range: Range<Int>, biases: [Tensor]?) throws -> Tensor {
    let rows = try x.to(.bfloat16)
    let shifts = biases?.map { Optional($0.handle) }
    return try TorchCall.tensor {
      ctorch_fused_linear(rows.handle, handle, Int32(range.lowerBound), Int32(range.count), shifts, $0)
    }
  }

  /// The same of the first weight in 8 bits, or GELU of it; for prediction, after the last update.
  func int8Product(_ x: Tensor, bias: Tensor?, gelu: GELUForm? = nil) throws -> Tensor {
    if int8Handle == nil {
      var made: OpaquePointer?
      try TorchCall.check(ctorch_int8_weight_make(weights[0].handle, &made))
      int8Handle = try TorchCall.owned(made)
    }
    return try TorchCall.tensor {
      ctorch_int8_linear(x.handle, int8Handle, bias?.handle, gelu != nil, gelu == .tanh, $0)
    }
  }

  /// The type in which products of `x` are taken here: float32 means libtorch's own product.
  static func type(for x: Tensor) throws -> DType {
    guard x.isOnProcessor, x.shape.count == 2 else { return .float32 }
    let type = try Torch.productType(on: .cpu)
    return type == .float16 ? .float32 : type
  }
}
