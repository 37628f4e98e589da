import FarqTesting
import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Several processes of the built `farq` on the loopback interface, started by the variables that torchrun sets.
final class FarqProcesses {
  private let processes: [Process]
  private let folder: TemporaryFolder

  /// Starts `count` processes with the same arguments.
  init(_ count: Int, _ arguments: [String], environment: [String: String] = [:]) throws {
    let folder = try TemporaryFolder()
    let port = try Self.freePort()
    processes = try (0..<count).map { rank in
      let process = Process()
      process.executableURL = FarqProcess.executable
      process.arguments = arguments
      let variables = [
        "RANK": "\(rank)", "WORLD_SIZE": "\(count)", "LOCAL_RANK": "\(rank)", "LOCAL_WORLD_SIZE": "\(count)",
        "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)", "OMP_NUM_THREADS": "1",
      ]
      process.environment = ProcessInfo.processInfo.environment
        .merging(variables) { $1 }.merging(environment) { $1 }
      for (name, place) in [("out", \Process.standardOutput), ("err", \Process.standardError)] {
        let file = folder.file("\(name)-\(rank)")
        try Data().write(to: file)
        process[keyPath: place] = try FileHandle(forWritingTo: file)
      }
      try process.run()
      return process
    }
    self.folder = folder
  }

  /// What one of them has written to standard error so far.
  func errors(_ rank: Int) -> String { (try? String(contentsOf: folder.file("err-\(rank)"), encoding: .utf8)) ?? "" }

  /// What one of them has written to standard output so far.
  func output(_ rank: Int) -> String { (try? String(contentsOf: folder.file("out-\(rank)"), encoding: .utf8)) ?? "" }

  /// What all have written to standard error.
  var allErrors: String { processes.indices.map { "[\($0)] \(errors($0))" }.joined() }

  /// Sends a signal to one of them.
  func signal(_ number: Int32, to rank: Int) { kill(processes[rank].processIdentifier, number) }

  /// Waits until `condition` holds or one has ended.
  func wait(until condition: () -> Bool) {
    while processes.allSatisfy(\.isRunning), !condition() { usleep(2000) }
  }

  /// Waits for all to end.
  ///
  /// - Returns: their exit codes, 128 and the number of the signal where one ended them; nil where one did not end within
  ///   `seconds`, when all are killed.
  func exitCodes(within seconds: Double = 300) -> [Int32]? {
    let start = ContinuousClock.now
    while processes.contains(where: \.isRunning) {
      if ContinuousClock.now - start > .seconds(seconds) {
        for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
        return nil
      }
      usleep(5000)
    }
    return processes.map { $0.terminationReason == .exit ? $0.terminationStatus : 128 + $0.terminationStatus }
  }

  /// A port that nobody listens at just now.
  private static func freePort() throws -> UInt16 {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, size)
        getsockname(descriptor, $0, &size)
      }
      return UInt16(bigEndian: $0.pointee.sin_port)
    }
  }
}
