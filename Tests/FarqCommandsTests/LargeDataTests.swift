import FarqTesting
import Foundation
import Testing

/// Data beyond what is kept in memory. The same with 5.4 GB is in docs/data.md.
@Suite struct LargeDataTests {
  /// About four kilobytes a document, all different.
  private static func write(_ count: Int, to url: URL) throws {
    let words = ["المباراة", "الفريق", "الهاتف", "الشاشة", "السوق", "الوزير", "المدينة", "الكتاب"]
    let filler = (0..<260).map { words[($0 * $0 + $0 / 7) % words.count] }.joined(separator: " ")
    FileManager.default.createFile(atPath: url.path, contents: nil)
    let file = try FileHandle(forWritingTo: url)
    defer { try? file.close() }
    for start in stride(from: 0, to: count, by: 1000) {
      let lines = (start..<min(count, start + 1000)).map { index in
        let split = index % 500 == 1 ? "test" : index % 500 == 2 ? "validation" : "train"
        return "{\"text\":\"\(index) \(filler)\",\"label\":\"\(index % 3)\",\"split\":\"\(split)\"}\n"
      }
      try file.write(contentsOf: Data(lines.joined().utf8))
    }
  }

  /// Trains and returns the highest anonymous memory in megabytes: what the process holds besides files.
  private static func peak(of data: URL, _ output: URL, cache: String) throws -> Int {
    let process = Process()
    process.executableURL = FarqProcess.executable
    process.arguments = [
      "train", "--data", data.path, "--cache", cache, "--layers", "1", "--heads", "2", "--hidden-size", "8",
      "--vocabulary-size", "100", "--max-length", "128", "--steps", "2", "--threads", "1", "--output", output.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    var peak = 0
    while process.isRunning {
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
      peak = max(peak, line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0)
      usleep(10_000)
    }
    #expect(process.terminationStatus == 0)
    return peak / 1024
  }

  /// Five times the text takes hardly more memory, and the tokens in the cache train to the same model.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "needs /proc"))
  func memoryDoesNotGrowWithTheText() throws {
    let folder = try TemporaryFolder()
    let (small, large) = (folder.file("small.jsonl"), folder.file("large.jsonl"))
    try Self.write(10_000, to: small)
    try Self.write(50_000, to: large)
    let cache = folder.file("cache").path
    let few = try Self.peak(of: small, folder.file("a"), cache: "none")
    let many = try Self.peak(of: large, folder.file("b"), cache: cache)
    #expect(many - few < 80, "\(few) MB and \(many) MB")
    _ = try Self.peak(of: large, folder.file("c"), cache: cache)
    #expect(try FileManager.default.contentsOfDirectory(atPath: cache).count == 3)
    let weights = { (name: String) in try Data(contentsOf: folder.file("\(name)/model.safetensors")) }
    #expect(try weights("b") == weights("c"))
  }
}
