import CTorch

/// Adds gradients up over the processes of a group, in buckets that set out while the backward pass still works on the others.
public final class GradientReducer {
  private let handle: OpaquePointer
  private let parameters: [Tensor]
  private static let bucketBytes: Int64 = 25 << 20

  /// Watches `parameters`, for as long as they live.
  ///
  /// - Parameter compresses: sends bfloat16, half the bytes and 8 bits of precision.
  public init(_ parameters: [Tensor], group: ProcessGroup, compresses: Bool) throws {
    var made: OpaquePointer?
    let handles = parameters.map { Optional($0.handle) }
    try TorchCall.check(
      ctorch_reducer_make(group.handle, handles, Int32(handles.count), Self.bucketBytes, compresses, &made))
    handle = try TorchCall.owned(made)
    self.parameters = parameters
  }

  deinit { ctorch_reducer_free(handle) }

  /// Says that the coming backward pass is the last of this update here, or that there is none; once an update.
  public func arm() throws { try TorchCall.check(ctorch_reducer_arm(handle)) }

  /// Waits until all gradients are the sums of all processes.
  public func finish() throws { try TorchCall.check(ctorch_reducer_finish(handle)) }
}
