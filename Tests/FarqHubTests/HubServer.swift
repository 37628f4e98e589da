import FarqCore
import FarqHub
import Foundation

/// The hub of `hub_server.py`, running.
final class HubServer: Sendable {
  let endpoint: String
  private let process = Process()
  private let input = Pipe()
  private let log: URL

  /// Whether this machine has Python to run it with.
  static let isPossible =
    ["/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }
    || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }

  /// Starts it; its requests are kept in `folder`.
  init(in folder: URL, published: URL? = nil) throws {
    log = folder.appendingPathComponent("requests-\(UUID().uuidString)")
    try Data().write(to: log)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("hub_server.py")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, log.path] + (published.map { [$0.path] } ?? [])
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw FarqError(.fault, "hub_server.py did not start: \(line)")
    }
    endpoint = "http://127.0.0.1:\(port)"
  }

  deinit { try? input.fileHandleForWriting.close() }

  /// A request that it saw.
  struct Request: Decodable {
    let place: String
    let method: String
    let path: String
    let range: String?
    let token: String?

    enum CodingKeys: String, CodingKey {
      case method, path, range, token
      case place = "where"
    }
  }

  /// All requests so far.
  func requests() throws -> [Request] {
    try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Request.self, from: Data($0.utf8))
    }
  }

  /// Settings for a cache in `folder`, without long waits.
  func settings(_ folder: URL, token: String? = nil) -> HubSettings {
    var settings = HubSettings(["HF_HOME": folder.path, "HF_ENDPOINT": endpoint, "HF_TOKEN": token ?? ""])
    settings.firstWait = .milliseconds(5)
    settings.silence = .milliseconds(800)
    return settings
  }
}
