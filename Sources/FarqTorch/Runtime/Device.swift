import CTorch
import FarqCore

/// Where tensors live and are worked on.
public struct Device: Sendable, Hashable, CustomStringConvertible {
  /// libtorch's word for it: `cpu`, `cuda:0`, `mps`.
  public let name: String

  /// The processor.
  public static let cpu = Device(name: "cpu")

  private init(name: String) {
    self.name = name
  }

  /// Where `tensor` lies.
  public init(of tensor: Tensor) {
    self.init(name: tensor.deviceName)
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
      self.init(name: "cuda:0")
    case "mps":
      guard try Device.hasMPS() else { throw Device.missing("MPS") }
      self.init(name: "mps")
    default:
      throw FarqError(.usage, "unknown device '\(word)': use auto, cpu, cuda or mps")
    }
  }

  /// The name, as libtorch prints it.
  public var description: String { name }
  /// True on the processor.
  public var isCPU: Bool { name == "cpu" }

  /// Waits until the device has done all that was asked of it.
  public func synchronize() throws {
    guard !isCPU else { return }
    try TorchCall.check(ctorch_synchronize(name))
  }

  private static func best() throws -> Device {
    if try hasCUDA() { return Device(name: "cuda:0") }
    return try hasMPS() ? Device(name: "mps") : .cpu
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
