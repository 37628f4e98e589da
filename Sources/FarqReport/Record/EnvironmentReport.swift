/// Where and how the run was made.
public struct EnvironmentReport: Codable, Sendable, Equatable {
  /// Farq’s version.
  public var farqVersion: String
  /// libtorch’s version, where it was used.
  public var libtorchVersion: String?
  /// The compiler’s version.
  public var swiftVersion: String?
  /// The system and its version.
  public var operatingSystem: String?
  /// The processor.
  public var cpuModel: String?
  /// `cpu`, `cuda` or `mps`, with the accelerator’s name where known.
  public var device: String
  /// Threads that were used.
  public var threads: Int?
  /// `fp32`, `bf16` or `fp16`.
  public var precision: String?
  /// The first seed.
  public var seed: UInt64?
  /// When the run began, ISO 8601.
  public var date: String
  /// The exact command that repeats the run, quoted for a shell.
  public var commandLine: String

  private enum CodingKeys: String, CodingKey {
    case farqVersion = "farq_version"
    case libtorchVersion = "libtorch_version"
    case swiftVersion = "swift_version"
    case operatingSystem = "operating_system"
    case cpuModel = "cpu_model"
    case device
    case threads
    case precision
    case seed
    case date
    case commandLine = "command_line"
  }

  /// Makes a record of its parts.
  public init(
    farqVersion: String, libtorchVersion: String? = nil, swiftVersion: String? = nil,
    operatingSystem: String? = nil, cpuModel: String? = nil, device: String = "cpu", threads: Int? = nil,
    precision: String? = nil, seed: UInt64? = nil, date: String, commandLine: String
  ) {
    self.farqVersion = farqVersion
    self.libtorchVersion = libtorchVersion
    self.swiftVersion = swiftVersion
    self.operatingSystem = operatingSystem
    self.cpuModel = cpuModel
    self.device = device
    self.threads = threads
    self.precision = precision
    self.seed = seed
    self.date = date
    self.commandLine = commandLine
  }

  /// Reads a record; a key that has a default may be missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    farqVersion = try container.decode(String.self, forKey: .farqVersion)
    libtorchVersion = try container.decodeIfPresent(String.self, forKey: .libtorchVersion)
    swiftVersion = try container.decodeIfPresent(String.self, forKey: .swiftVersion)
    operatingSystem = try container.decodeIfPresent(String.self, forKey: .operatingSystem)
    cpuModel = try container.decodeIfPresent(String.self, forKey: .cpuModel)
    device = try container.decodeIfPresent(String.self, forKey: .device) ?? "cpu"
    threads = try container.decodeIfPresent(Int.self, forKey: .threads)
    precision = try container.decodeIfPresent(String.self, forKey: .precision)
    seed = try container.decodeIfPresent(UInt64.self, forKey: .seed)
    date = try container.decode(String.self, forKey: .date)
    commandLine = try container.decode(String.self, forKey: .commandLine)
  }
}
