import FarqCore
import FarqInference
public import FarqReport
import FarqTorch
import FarqTraining
public import Foundation

/// What a run was made on and with.
public enum EnvironmentProbe {
  /// The environment of a run that was started with `commandLine`.
  static func report(
    _ settings: ExperimentSettings, device: Device, commandLine: String, now: Date = Date()
  ) throws -> EnvironmentReport {
    let dtype = settings.training.precision.dtype(on: device)
    return EnvironmentReport(
      farqVersion: FarqVersion.current, libtorchVersion: Torch.version, swiftVersion: swiftVersion,
      operatingSystem: operatingSystem, cpuModel: cpuModel, device: device.name, threads: try Torch.threads(),
      precision: dtype == .float32 ? "fp32" : dtype == .bfloat16 ? "bf16" : "fp16", seed: settings.training.seed,
      date: now.formatted(.iso8601), commandLine: commandLine)
  }

  /// The environment of a command that needs no tensors.
  public static func report(seed: UInt64, commandLine: String, now: Date = Date()) -> EnvironmentReport {
    EnvironmentReport(
      farqVersion: FarqVersion.current, swiftVersion: swiftVersion, operatingSystem: operatingSystem,
      cpuModel: cpuModel, seed: seed, date: now.formatted(.iso8601), commandLine: commandLine)
  }

  private static var swiftVersion: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var operatingSystem: String {
    let release = (try? String(contentsOfFile: "/etc/os-release", encoding: .utf8)) ?? ""
    let name = release.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }?
      .dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    return name ?? ProcessInfo.processInfo.operatingSystemVersionString
  }

  private static var cpuModel: String? {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
