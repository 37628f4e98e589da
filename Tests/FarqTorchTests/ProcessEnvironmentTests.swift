import FarqCore
import FarqTorch
import Testing

/// What launchers say.
@Suite struct ProcessEnvironmentTests {
  @Test func readsTorchrun() throws {
    let read = try #require(
      try ProcessEnvironment.read([
        "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "10.0.0.1",
        "MASTER_PORT": "29400", "TORCHELASTIC_USE_AGENT_STORE": "True", "TORCHELASTIC_RESTART_COUNT": "2",
      ]))
    var expected = ProcessEnvironment(rank: 3, count: 4, localRank: 1, localCount: 2, host: "10.0.0.1", port: 29400)
    expected.launcherKeepsStore = true
    expected.restarts = 2
    #expect(read == expected)
  }

  @Test(arguments: [
    ("node7", "node7"), ("node[03-12,20]", "node03"), ("node[8]", "node8"), ("a,b[1-2]", "a"), ("a1,a2", "a1"),
  ]) func readsSlurm(list: String, host: String) throws {
    let read = try #require(
      try ProcessEnvironment.read([
        "SLURM_PROCID": "1", "SLURM_NTASKS": "8", "SLURM_LOCALID": "0", "SLURM_NODELIST": list,
        "SLURM_JOB_ID": "123456", "SLURM_STEP_ID": "0",
      ]))
    #expect(read == ProcessEnvironment(rank: 1, count: 8, localRank: 0, localCount: nil, host: host, port: 23_456))
  }

  @Test func readsOpenMPI() throws {
    var variables = [
      "OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2", "OMPI_COMM_WORLD_LOCAL_RANK": "1",
      "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
    ]
    #expect(try ProcessEnvironment.read(variables)?.host == "127.0.0.1")
    variables["OMPI_COMM_WORLD_LOCAL_SIZE"] = "1"
    let error = #expect(throws: FarqError.self) { try ProcessEnvironment.read(variables) }
    #expect(error?.message.contains("MASTER_ADDR") == true)
  }

  /// No launcher, and a batch script of Slurm's, which has the variables of its first task.
  @Test(arguments: [[:], ["SLURM_JOB_ID": "5", "SLURM_PROCID": "0", "SLURM_NTASKS": "4", "SLURM_LOCALID": "0"]])
  func readsOneProcess(variables: [String: String]) throws {
    #expect(try ProcessEnvironment.read(variables) == nil)
  }

  @Test(arguments: [
    ["RANK": "0"], ["WORLD_SIZE": "2"], ["RANK": "0", "WORLD_SIZE": "2", "MASTER_ADDR": "a"],
    ["RANK": "2", "WORLD_SIZE": "2", "MASTER_ADDR": "a", "MASTER_PORT": "1"],
    ["RANK": "x", "WORLD_SIZE": "2", "MASTER_ADDR": "a", "MASTER_PORT": "1"],
    ["RANK": "0", "WORLD_SIZE": "2", "MASTER_ADDR": "a", "MASTER_PORT": "70000"],
    ["SLURM_PROCID": "0"], ["OMPI_COMM_WORLD_RANK": "0"],
  ]) func aPartIsAnError(variables: [String: String]) {
    let error = #expect(throws: FarqError.self) { try ProcessEnvironment.read(variables) }
    #expect(error?.kind == .usage)
  }
}
