import Foundation
import Testing

/// A python with torch, transformers and safetensors, for tests that need the real peer.
enum PeerPython {
  /// `$FARQ_PEER_PYTHON`, else `.peers/bin/python3` of the checkout.
  static let executable: String? = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["FARQ_PEER_PYTHON"] ?? root.appendingPathComponent(".peers/bin/python3").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Why a test is skipped.
  static let absence: Comment = "no python with transformers: set FARQ_PEER_PYTHON, or make .peers"

  /// Runs a script of `interop` on a folder; its words are in the failure where it fails.
  static func run(_ script: String, _ folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(executable))
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("interop/\(script)")
    process.arguments = [path.path, folder.path]
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(words)")
  }
}
