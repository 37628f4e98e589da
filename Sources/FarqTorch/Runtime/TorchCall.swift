import CTorch
import FarqCore

/// Calls of the C shim: a status that is not 0 becomes a Swift error.
enum TorchCall {
  /// How libtorch says that memory ran out: CUDA, the processor's allocator on Linux and macOS, the C++ library.
  private static let memoryWords = ["out of memory", "can't allocate memory", "not enough memory", "bad_alloc"]

  /// How c10d and Gloo say that another process is gone, or does not answer.
  private static let peerWords = [
    "Connection closed by peer", "Connection reset by peer", "Broken pipe", "Timed out waiting", "Application timeout",
    "timed out after", "Socket Timeout", "gloo/transport", "Connect timeout", "NCCL",
  ]

  /// Throws the shim's message when `status` says that the call failed.
  static func check(_ status: Int32) throws {
    guard status != 0 else { return }
    let message = String(cString: ctorch_last_error())
    if memoryWords.contains(where: message.contains) {
      throw FarqError(.unavailable, "out of memory: \(message); use a smaller --batch-size or --max-length")
    }
    if peerWords.contains(where: message.contains) {
      throw FarqError(
        .unavailable,
        "another process is gone or did not answer in time (\(message)); its own message says why: start all again with --resume"
      )
    }
    throw FarqError(.fault, "libtorch: \(message)")
  }

  /// Runs a call that yields a tensor and takes ownership of the result (+1).
  static func tensor(_ body: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) throws -> Tensor {
    var handle: OpaquePointer?
    try check(body(&handle))
    return Tensor(taking: try owned(handle))
  }

  /// What a call that succeeded has made.
  static func owned(_ handle: OpaquePointer?) throws -> OpaquePointer {
    guard let handle else { throw FarqError(.fault, "libtorch gave no result") }
    return handle
  }
}
