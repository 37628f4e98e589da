import FarqArabicText
import FarqTesting
import Foundation

/// The stub jar in a folder of its own, compiled by the Java that is here.
struct FarasaStub {
  private let folder: TemporaryFolder

  /// Whether there is a Java compiler.
  static let canBeMade = ["java", "javac", "jar"].allSatisfy { tool($0) != nil }

  private static let compiled = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    try run("javac", ["-encoding", "UTF-8", "-d", folder.url.path, Fixture.url("farasa/Stub.java").path])
    try run(
      "jar",
      ["--create", "--file", folder.file("stub.jar").path, "--main-class", "Stub", "-C", folder.url.path, "Stub.class"])
    return folder
  }

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(at: Self.compiled.get().file("stub.jar"), to: jar)
  }

  var jar: URL { folder.file("stub.jar") }

  /// The questions that the stub got.
  func questions() throws -> [String] {
    try String(contentsOf: folder.file("log"), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  func segmenter(timeout: Double = 60) throws -> FarasaSegmenter {
    try FarasaSegmenter(FarasaOptions(jar: jar, timeout: timeout))
  }

  private static func run(_ name: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = tool(name)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  private static func tool(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
