import FarqReport
import Foundation
import Testing

@Suite("ShellCommand")
struct ShellCommandTests {
  static let hostile = [
    "farq", "--data", "a b", "--text", "it's --not \"one\"", "", "$HOME", "`x`", "\\", "سطر", "*", "~",
  ]

  @Test("plain arguments stay plain")
  func plain() {
    #expect(ShellCommand(arguments: ["farq", "--ratios", "0,0.25"]).line == "farq --ratios 0,0.25")
    #expect(ShellCommand("farq a --b 'c --d' --e").wrapped == "farq a \\\n  --b 'c --d' \\\n  --e")
  }

  @Test("a shell reads the arguments back, on one line and wrapped")
  func shell() throws {
    let command = ShellCommand(arguments: Self.hostile)
    for text in [command.line, command.wrapped] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", "farq() { printf '%s\\n' farq \"$@\"; }\n" + text]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(String(decoding: output, as: UTF8.self) == Self.hostile.joined(separator: "\n") + "\n")
    }
  }
}
