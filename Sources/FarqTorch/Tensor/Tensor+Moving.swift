import CTorch

extension Tensor {
  /// The same elements on another device; the tensor itself where it is there already.
  public func to(_ device: Device) throws -> Tensor {
    guard device != Device(of: self) else { return self }
    return try TorchCall.tensor { ctorch_to_device(handle, device.name, $0) }
  }

  /// The same elements in another type; the tensor itself where it has that type.
  public func to(_ dtype: DType) throws -> Tensor {
    guard self.dtype != dtype else { return self }
    return try TorchCall.tensor { ctorch_to_dtype(handle, dtype.rawValue, $0) }
  }

  /// A copy of the elements.
  public func clone() throws -> Tensor {
    try TorchCall.tensor { ctorch_clone(handle, $0) }
  }

  /// The same elements without autograd's history.
  public func detached() throws -> Tensor {
    try TorchCall.tensor { ctorch_detach(handle, $0) }
  }

  /// Overwrites the elements with those of `source`, outside autograd.
  public func assign(_ source: Tensor) throws {
    try TorchCall.check(ctorch_assign(handle, source.handle))
  }
}
