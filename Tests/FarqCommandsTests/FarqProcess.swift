import FarqCore
import Foundation
import Testing

/// Runs the built `farq` as a user does.
struct FarqProcess {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `farq` with `arguments`; `input` is its standard input.
  init(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("farq-out-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a pipe that is full stops the process while this one waits for its end.
    let files = try ["in", "out", "err"].map { name in
      let url = folder.appendingPathComponent(name)
      try Data((name == "in" ? input : "").utf8).write(to: url)
      return url
    }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: files[1], encoding: .utf8)
    errors = try String(contentsOf: files[2], encoding: .utf8)
  }

  /// Standard output as a JSON object.
  func json() throws -> [String: JSONValue] {
    try JSONDecoder().decode([String: JSONValue].self, from: Data(output.utf8))
  }

  /// The executable lies beside the test bundle.
  static var executable: URL {
    let bundle = CommandLine.arguments.first.map { URL(fileURLWithPath: $0) } ?? Bundle.main.bundleURL
    let folders = [
      bundle.deletingLastPathComponent(), Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
    ]
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates =
      folders.map { $0.appendingPathComponent("farq") } + [root.appendingPathComponent(".build/release/farq")]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? candidates[candidates.count - 1]
  }
}
