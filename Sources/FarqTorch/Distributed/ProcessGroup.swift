import CTorch
import FarqCore

/// Processes that work on one thing, over c10d: Gloo for tensors in the processor's memory, NCCL for a GPU's.
///
/// Every operation is one of all processes, which must call the same ones in the same order. It fails, rather than waits for
/// ever, where a process is gone or does not answer in time. A group lasts as long as its process.
public final class ProcessGroup {
  /// The number of this process, from 0.
  public let rank: Int
  /// How many processes there are.
  public let count: Int
  let handle: OpaquePointer

  /// Joins the group that the environment describes; returns when all are there.
  ///
  /// - Parameters:
  ///   - timeout: seconds that an operation waits for the other processes.
  ///   - name: keeps groups apart that meet at one place.
  /// - Throws: ``FarqError`` `unavailable` where they do not all come.
  public init(_ environment: ProcessEnvironment, timeout: Double, device: Device = .cpu, name: String = "farq") throws {
    (rank, count) = (environment.rank, environment.count)
    let serves = environment.rank == 0 && !environment.launcherKeepsStore
    var made: OpaquePointer?
    do {
      try TorchCall.check(
        ctorch_group_join(
          environment.host, Int32(environment.port), serves, "\(name)/\(environment.restarts)", Int32(rank),
          Int32(count), timeout, device.name, &made))
    } catch let error as FarqError {
      throw FarqError(
        .unavailable,
        "process \(rank) of \(count) could not join the others at \(environment.host):\(environment.port): "
          + "\(error.message); check MASTER_ADDR, MASTER_PORT and that all processes were started")
    }
    handle = try TorchCall.owned(made)
  }

  /// Whether this is process 0, which alone writes and prints.
  public var isFirst: Bool { rank == 0 }

  /// An operation that may still be going on.
  public struct Work {
    fileprivate let handle: OpaquePointer
    /// Kept until the operation is done.
    fileprivate let tensor: Tensor

    /// Waits until it is done; to be called once.
    public func wait() throws {
      try withExtendedLifetime(tensor) { try TorchCall.check(ctorch_work_wait(handle)) }
    }
  }

  /// Begins to add `tensor` up over all processes, in place.
  ///
  /// - Parameter timeout: seconds; nil takes the group's own.
  public func beginSum(_ tensor: Tensor, timeout: Double? = nil) throws -> Work {
    var work: OpaquePointer?
    try TorchCall.check(ctorch_group_sum(handle, tensor.handle, timeout ?? 0, &work))
    return Work(handle: try TorchCall.owned(work), tensor: tensor)
  }

  /// Adds `tensor` up over all processes, in place.
  public func sum(_ tensor: Tensor) throws { try beginSum(tensor).wait() }

  /// The sums of numbers over all processes, in double precision.
  public func sum(_ numbers: [Double], timeout: Double? = nil) throws -> [Double] {
    let tensor = try numbers.withUnsafeBytes { try Tensor(bytes: $0, shape: [numbers.count], dtype: .float64) }
    try beginSum(tensor, timeout: timeout).wait()
    return try tensor.bytes().withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }

  /// Overwrites `tensor` by that of process `root`.
  public func broadcast(_ tensor: Tensor, from root: Int = 0) throws {
    var work: OpaquePointer?
    try TorchCall.check(ctorch_group_broadcast(handle, tensor.handle, Int32(root), &work))
    try Work(handle: TorchCall.owned(work), tensor: tensor).wait()
  }

  /// The bytes of process 0.
  public func broadcast(_ bytes: [UInt8]) throws -> [UInt8] {
    let size = Int(try sum([Double(isFirst ? bytes.count : 0)])[0])
    guard size > 0 else { return [] }
    let own = isFirst ? bytes : [UInt8](repeating: 0, count: size)
    let tensor = try own.withUnsafeBytes { try Tensor(bytes: $0, shape: [size], dtype: .uint8) }
    try broadcast(tensor)
    return try tensor.bytes()
  }

  /// The tensors of all processes, which have one shape: [count, …]
  public func gather(_ tensor: Tensor) throws -> Tensor {
    try TorchCall.tensor { ctorch_group_gather(handle, tensor.handle, $0) }
  }

  /// Waits until all processes are here.
  public func barrier(timeout: Double? = nil) throws { _ = try sum([0], timeout: timeout) }

  /// Adds to the number that all processes see under `key`, and gives the sum. No operation of all: any may call it.
  public func add(_ amount: Int, to key: String) throws -> Int {
    var sum: Int64 = 0
    try TorchCall.check(ctorch_group_count(handle, key, Int64(amount), &sum))
    return Int(sum)
  }
}
