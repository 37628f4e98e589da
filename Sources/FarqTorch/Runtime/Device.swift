import CTorch
import FarqCore

/// Where tensors live and are worked on.
public struct Device: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of devices.
  public enum Kind: String, Sendable {
    /// The processor.
    case processor = "cpu"
    /// An NVIDIA GPU.
    case cuda
    /// Apple's GPU.
    case mps
  }

  /// What it is.
  public let kind: Kind
  /// libtorch's word for it: `cpu`, `cuda:0`, `mps`.
  public let name: String

  /// The processor.
  public static let cpu = Device(.processor)
  private static let cuda = Device(.cuda, index: 0)
  private static let mps = Device(.mps)

  private init(_ kind: Kind, index: Int? = nil) {
    self.kind = kind
    name = index.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue
  }

  /// Where `tensor` lies.
  public init(of tensor: Tensor) {
    guard !tensor.isOnProcessor else {
      self = .cpu
      return
    }
    let parts = tensor.deviceName.split(separator: ":").map(String.init)
    self.init(parts.first.flatMap(Kind.init) ?? .cuda, index: parts.dropFirst().first.flatMap { Int($0) })
  }

  /// The device a user asks for: `auto` takes CUDA, else MPS, else the processor.
  ///
  /// - Throws: ``FarqError`` `usage` for an unknown word, `unavailable` where this machine lacks the device.
  public init(choosing word: String) throws {
    switch word {
    case "auto": self = try Device.best()
    case "cpu": self = .cpu
    case "cuda":
      guard try Device.hasCUDA() else { throw Device.missing("CUDA") }
      self = .cuda
    case "mps":
      guard try Device.hasMPS() else { throw Device.missing("MPS") }
      self = .mps
    default:
      throw FarqError(.usage, "unknown device '\(word)': use auto, cpu, cuda or mps")
    }
  }

  /// The `index`-th GPU of this machine where this is CUDA; otherwise the device itself.
  public func numbered(_ index: Int) -> Device { kind == .cuda ? Device(.cuda, index: index) : self }

  /// The name, as libtorch prints it.
  public var description: String { name }
  /// True on the processor.
  public var isCPU: Bool { kind == .processor }

  /// Bytes of the device's own memory that this process may still take, all, and the most that it had at once; nil for the
  /// processor, and where libtorch does not tell.
  public func memory() throws -> (available: Int, total: Int, peak: Int)? {
    var (available, total, peak): (UInt64, UInt64, UInt64) = (0, 0, 0)
    try TorchCall.check(ctorch_memory(name, &available, &total, &peak))
    return total > 0 ? (Int(available), Int(total), Int(peak)) : nil
  }

  /// Waits until the device has done all that was asked of it.
  public func synchronize() throws {
    guard !isCPU else { return }
    try TorchCall.check(ctorch_synchronize(name))
  }

  private static func best() throws -> Device {
    if try hasCUDA() { return .cuda }
    return try hasMPS() ? .mps : .cpu
  }

  private static func hasCUDA() throws -> Bool {
    var answer = false
    try TorchCall.check(ctorch_has_cuda(&answer))
    return answer
  }

  private static func hasMPS() throws -> Bool {
    var answer = false
    try TorchCall.check(ctorch_has_mps(&answer))
    return answer
  }

  private static func missing(_ device: String) -> FarqError {
    FarqError(.unavailable, "this libtorch or machine has no \(device) device: use --device cpu, or auto")
  }
}
