import ArgumentParser
import FarqCore
import FarqTorch
import FarqTraining
import Foundation

/// How the processes work together that torchrun, srun or mpirun starts.
struct ProcessOptions: ParsableArguments {
  @Option(help: ArgumentHelp("bf16 sends gradients in half the bytes.", valueName: "bf16"))
  var gradientCompression: Compression?

  @Flag(help: "Each process holds the optimizer's moments of its share of the parameters only.")
  var shardOptimizer = false

  @Option(help: ArgumentHelp("How long a process waits for the others.", valueName: "seconds"))
  var processTimeout = 600.0

  /// How gradients travel.
  enum Compression: String, ExpressibleByArgument, CaseIterable {
    /// In bfloat16.
    case bf16
  }
}

extension TrainingOptions {
  /// Prepares the library and the device, joins the other processes where there are some, and has signals end the run
  /// with its state saved.
  func start() throws -> (Device, DataParallel?) {
    guard processes.processTimeout > 0, processes.processTimeout.isFinite else {
      throw FarqError(.usage, "--process-timeout \(processes.processTimeout): use a positive number of seconds")
    }
    let variables = ProcessInfo.processInfo.environment
    let environment = try ProcessEnvironment.read(variables)
    var device = try self.device.prepare()
    StopRequest.install()
    guard let environment, environment.count > 1 else { return (device, nil) }
    Console.isShown = environment.rank == 0
    device = device.numbered(environment.localRank)
    if self.device.threads == 0, variables["OMP_NUM_THREADS"] == nil, let local = environment.localCount {
      try Torch.setThreads(max(1, ProcessInfo.processInfo.activeProcessorCount / local))
    }
    let group = try ProcessGroup(environment, timeout: processes.processTimeout, device: device)
    return (
      device,
      DataParallel(
        group: group, compressesGradients: processes.gradientCompression != nil,
        shardsOptimizer: processes.shardOptimizer)
    )
  }

  /// Whether the run goes on: as asked for, or because the launcher starts a group anew of which a process had died.
  var resumes: Bool {
    let environment = try? ProcessEnvironment.read(ProcessInfo.processInfo.environment)
    return resume || (environment?.restarts ?? 0) > 0
  }
}
