import ArgumentParser
import FarqCore
import FarqExperiment
import FarqInference
import FarqTorch

/// Where and how precisely tensors are worked on.
struct DeviceOptions: ParsableArguments {
  @Option(help: "auto, cpu, cuda or mps.")
  var device = "auto"

  @Option(help: "auto, fp32, bf16, fp16, or int8 to predict: the precision of matrix products; weights stay fp32.")
  var precision = Precision.auto

  @Option(help: ArgumentHelp("Threads of one operator; 0 takes one a core.", valueName: "n"))
  var threads = 0

  /// The precision for texts of so many bytes: for a few words, turning all weights to bf16 would take longer than their
  /// products in fp32.
  func precision(forBytes count: Int, on device: Device) -> Precision {
    precision == .auto && device.isCPU && count <= Self.fewBytes ? .fp32 : precision
  }

  private static let fewBytes = 1000

  /// Keeps what was asked for among a run's options.
  func keep(in settings: inout ExperimentSettings) {
    settings.threads = threads > 0 ? threads : nil
    settings.device = device == "auto" ? nil : device
  }

  /// The device, after the library was prepared.
  func prepare() throws -> Device {
    guard threads >= 0 else { throw FarqError(.usage, "--threads \(threads): use 1 or more, or 0 for one a core") }
    try Torch.prepareProcess()
    if threads > 0 { try Torch.setThreads(threads) }
    let chosen = try Device(choosing: device)
    guard precision != .int8 || chosen.isCPU else {
      throw FarqError(.usage, "--precision int8 is for the processor: use --device cpu, or bf16")
    }
    return chosen
  }
}
