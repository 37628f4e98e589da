import ArgumentParser
import FarqCore
import FarqInference
import FarqTorch

/// Where and how precisely tensors are worked on.
struct DeviceOptions: ParsableArguments {
  @Option(help: "auto, cpu, cuda or mps.")
  var device = "auto"

  @Option(help: "auto, fp32, bf16 or fp16: the precision of matrix products; weights stay fp32.")
  var precision = Precision.auto

  @Option(help: ArgumentHelp("Threads of one operator; 0 takes one a core.", valueName: "n"))
  var threads = 0

  /// The device, after the library was prepared.
  func prepare() throws -> Device {
    guard threads >= 0 else { throw FarqError(.usage, "--threads \(threads): use 1 or more, or 0 for one a core") }
    Torch.tuneAllocator()
    if threads > 0 { try Torch.setThreads(threads) }
    return try Device(choosing: device)
  }
}
