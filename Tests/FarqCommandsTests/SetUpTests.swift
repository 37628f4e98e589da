import FarqTesting
import Foundation
import Testing

/// `scripts/setup.sh` looks at the libtorch that it is given before it lays the link.
@Suite struct SetUpTests {
  private func setUp(version: String) throws -> (status: Int32, errors: String) {
    let folder = try TemporaryFolder()
    try Data("__version__ = '\(version)'\n".utf8).write(to: folder.file("version.py"))
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appendingPathComponent("scripts/setup.sh")
    process.environment = ProcessInfo.processInfo.environment.merging(["LIBTORCH": folder.url.path]) { $1 }
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let data = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(arguments: ["2.10.1", "2.14.0+cpu", "3.0.0", "2.1.1"]) func refusesOtherVersions(version: String) throws {
    let result = try setUp(version: version)
    #expect(result.status == 69)
    #expect(result.errors.contains("is version \(version); Farq needs 2.11 to 2.13"), "\(result.errors)")
  }

  /// The version would do; the folder holds no headers.
  @Test(arguments: ["2.11.0", "2.12.1+cu130", "2.13.0+cpu"]) func takesTheseVersionsWithHeaders(version: String) throws
  {
    let result = try setUp(version: version)
    #expect(result.status == 66)
    #expect(result.errors.contains("has no include/ATen/ATen.h"), "\(result.errors)")
  }
}
