import CTorch

extension Tensor {
  /// Whether autograd keeps a gradient for this tensor.
  public var requiresGradient: Bool {
    var answer = false
    _ = ctorch_requires_gradient(handle, &answer)
    return answer
  }

  /// Tells autograd whether to keep a gradient for this tensor.
  public func setRequiresGradient(_ requires: Bool) throws {
    try TorchCall.check(ctorch_set_requires_gradient(handle, requires))
  }

  /// Adds the gradients of this single number to those of all tensors that keep one.
  public func backward() throws {
    try TorchCall.check(ctorch_backward(handle))
  }

  /// The gradient gathered so far; nil where there is none.
  public func gradient() throws -> Tensor? {
    var out: OpaquePointer?
    try TorchCall.check(ctorch_gradient(handle, &out))
    return out.map { Tensor(taking: $0) }
  }
}
