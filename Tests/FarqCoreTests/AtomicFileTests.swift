import FarqCore
import FarqTesting
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func writesAndReplaces() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("one", to: folder.file("a.txt"))
    try AtomicFile.write("two", to: folder.file("a.txt"))
    #expect(try String(contentsOf: folder.file("a.txt"), encoding: .utf8) == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.txt"])
  }

  @Test func leavesNothingBehindWhenTheBodyFails() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: folder.file("a.txt"))
    #expect(throws: FarqError(.badData, "stop")) {
      try AtomicFile.write(to: folder.file("a.txt")) { handle in
        try handle.write(contentsOf: Data("half".utf8))
        throw FarqError(.badData, "stop")
      }
    }
    #expect(try String(contentsOf: folder.file("a.txt"), encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a.txt"])
  }

  @Test func namesAFolderThatIsNotThere() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: FarqError.self) { try AtomicFile.write("x", to: folder.file("no/a.txt")) }
    #expect(error?.kind == .inputOutput)
    #expect(error?.message.contains("no") == true)
  }
}
