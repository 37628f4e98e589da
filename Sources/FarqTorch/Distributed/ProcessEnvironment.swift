import FarqCore

/// Which process of how many this one is, and where they meet, as a launcher says it by environment variables: torchrun's,
/// Slurm's (`srun`) or Open MPI's (`mpirun`).
public struct ProcessEnvironment: Sendable, Equatable {
  /// The number of this process, from 0.
  public var rank: Int
  /// How many there are.
  public var count: Int
  /// Its number on this machine.
  public var localRank: Int
  /// How many run on this machine; nil where the launcher does not say.
  public var localCount: Int?
  /// The machine of process 0.
  public var host: String
  /// The port of the store there, by which processes find each other.
  public var port: Int
  /// Whether the launcher keeps that store; otherwise process 0 does.
  public var launcherKeepsStore = false
  /// How often the launcher has started the whole group anew.
  public var restarts = 0

  /// Names a process and the place where all meet.
  public init(rank: Int, count: Int, localRank: Int, localCount: Int?, host: String, port: Int) {
    (self.rank, self.count, self.localRank, self.localCount) = (rank, count, localRank, localCount)
    (self.host, self.port) = (host, port)
  }

  /// Reads the variables; nil where this process was not started as one of several.
  ///
  /// - Throws: ``FarqError`` `usage` where a part of them is missing or no number.
  public static func read(_ variables: [String: String]) throws -> ProcessEnvironment? {
    let reader = Reader(variables: variables)
    if reader.has("RANK") || reader.has("WORLD_SIZE") { return try torchrun(reader) }
    if reader.has("OMPI_COMM_WORLD_RANK") || reader.has("OMPI_COMM_WORLD_SIZE") { return try openMPI(reader) }
    // A batch script has Slurm's variables too; only srun's steps are processes of a group.
    let isBatchScript = reader.has("SLURM_JOB_ID") && !reader.has("SLURM_STEP_ID")
    if reader.has("SLURM_PROCID"), !isBatchScript { return try slurm(reader) }
    return nil
  }

  private static func torchrun(_ reader: Reader) throws -> ProcessEnvironment {
    let rank = try reader.number("RANK")
    var read = ProcessEnvironment(
      rank: rank, count: try reader.number("WORLD_SIZE"), localRank: try reader.number("LOCAL_RANK", or: rank),
      localCount: try reader.optional("LOCAL_WORLD_SIZE"), host: try reader.word("MASTER_ADDR"),
      port: try reader.number("MASTER_PORT"))
    read.launcherKeepsStore = reader.variables["TORCHELASTIC_USE_AGENT_STORE"] == "True"
    read.restarts = try reader.number("TORCHELASTIC_RESTART_COUNT", or: 0)
    return try read.checked()
  }

  private static func openMPI(_ reader: Reader) throws -> ProcessEnvironment {
    let count = try reader.number("OMPI_COMM_WORLD_SIZE")
    let localCount = try reader.optional("OMPI_COMM_WORLD_LOCAL_SIZE")
    let isOneMachine = localCount == count
    return try ProcessEnvironment(
      rank: reader.number("OMPI_COMM_WORLD_RANK"), count: count,
      localRank: reader.number("OMPI_COMM_WORLD_LOCAL_RANK", or: 0), localCount: localCount,
      host: reader.variables["MASTER_ADDR"] ?? (isOneMachine ? "127.0.0.1" : reader.word("MASTER_ADDR")),
      port: reader.number("MASTER_PORT", or: defaultPort)
    ).checked()
  }

  private static func slurm(_ reader: Reader) throws -> ProcessEnvironment {
    let list = reader.variables["SLURM_STEP_NODELIST"] ?? reader.variables["SLURM_NODELIST"]
    let job = try reader.number("SLURM_JOB_ID", or: 0)
    return try ProcessEnvironment(
      rank: reader.number("SLURM_PROCID"),
      count: reader.optional("SLURM_STEP_NUM_TASKS") ?? reader.number("SLURM_NTASKS"),
      localRank: reader.number("SLURM_LOCALID"), localCount: nil,
      host: reader.variables["MASTER_ADDR"] ?? list.map(firstHost) ?? reader.word("SLURM_NODELIST"),
      port: reader.number("MASTER_PORT", or: 20_000 + job % 10_000)
    ).checked()
  }

  /// PyTorch's own.
  private static let defaultPort = 29_500

  /// The first name of a list as Slurm writes it: `gpu[03-05,9],login` → `gpu03`.
  static func firstHost(_ list: String) -> String {
    guard let bracket = list.firstIndex(of: "["), !list[..<bracket].contains(",") else {
      return String(list.prefix { $0 != "," })
    }
    let number = list[list.index(after: bracket)...].prefix { $0 != "," && $0 != "-" && $0 != "]" }
    return String(list[..<bracket] + number)
  }

  private func checked() throws -> ProcessEnvironment {
    guard count >= 1, (0..<count).contains(rank), localRank >= 0 else {
      throw FarqError(
        .usage, "the launcher says that this is process \(rank) of \(count): numbers go from 0 to one less")
    }
    guard (1...65_535).contains(port) else {
      throw FarqError(.usage, "MASTER_PORT \(port): use a port from 1 to 65535")
    }
    return self
  }

  /// Reads variables by name.
  private struct Reader {
    let variables: [String: String]

    func has(_ name: String) -> Bool { variables[name] != nil }

    func word(_ name: String) throws -> String {
      guard let word = variables[name], !word.isEmpty else {
        throw FarqError(
          .usage,
          "the environment says that this is one of several processes, but \(name) is not set: start them all by torchrun, srun or mpirun, or set it"
        )
      }
      return word
    }

    func number(_ name: String) throws -> Int {
      let word = try word(name)
      guard let number = Int(word) else { throw FarqError(.usage, "\(name)=\(word) is no whole number: set it to one") }
      return number
    }

    func number(_ name: String, or other: Int) throws -> Int { try optional(name) ?? other }

    func optional(_ name: String) throws -> Int? { has(name) ? try number(name) : nil }
  }
}
