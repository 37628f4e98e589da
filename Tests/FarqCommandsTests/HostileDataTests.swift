import FarqTesting
import Foundation
import Testing

/// Data made to do harm, through the binary: exit code 65, one line, nothing written.
@Suite struct HostileDataTests {
  private static let archives = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("FarqDatasetsTests/Fixtures")

  private func refuses(_ path: String, _ words: String, in folder: URL) throws {
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let process = try FarqProcess(
      ["data", path], environment: ["TMPDIR": folder.path, "XDG_CACHE_HOME": folder.path])
    #expect(process.status == 65 && process.output.isEmpty, "\(path): \(process.errors)")
    #expect(process.errors.hasPrefix("error: ") && process.errors.contains(words), "\(process.errors)")
    #expect(process.errors.split(separator: "\n").count == 1)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == before)
  }

  @Test(arguments: [
    ("climbing.zip", "leads out"), ("climbing-deep.tar", "leads out"), ("climbing-backslash.zip", "leads out"),
    ("absolute.tar", "leads out"), ("drive.zip", "leads out"), ("symlink.tar", "is a link"),
    ("symlink.zip", "is a link"), ("hardlink.tar", "is a link"), ("device.tar", "is a link"),
    ("encrypted.zip", "encrypted"), ("wrong-checksum.zip", "damaged"), ("cut-off.zip", "damaged"),
    ("cut-off.tar.gz", "damaged"), ("cut-off.jsonl.gz", "damaged"), ("bomb.zip", "bytes"), ("bomb.jsonl.gz", "bytes"),
  ])
  func refusesHostileArchives(name: String, words: String) throws {
    let folder = try TemporaryFolder()
    try refuses(Self.archives.appendingPathComponent(name).path, words, in: folder.url)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/farq-evil"))
  }

  @Test func refusesMoreMembersThanAnyDataSetHas() throws {
    let folder = try TemporaryFolder()
    guard try Archives.make(Archives.manyMembers, in: folder.url) else { return }
    try refuses(folder.file("many.zip").path, "more than 500000 members", in: folder.url)
  }

  @Test func trainsOnNothingHostileEither() throws {
    let folder = try TemporaryFolder()
    let process = try FarqProcess([
      "train", "--data", Self.archives.appendingPathComponent("climbing.zip").path, "--output",
      folder.file("model").path,
    ])
    #expect(process.status == 65 && process.errors.contains("leads out"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("model").path))
  }
}
