import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    "compare", "train", "evaluate", "classify", "convert", "info", "tokenize", "metrics", "baseline", "data", "report",
    "check-device",
    "bench", "export",
  ])
  func everyCommandHasHelp(command: String) throws {
    let process = try FarqProcess([command, "--help"])
    #expect(process.status == 0)
    #expect(process.output.contains("USAGE: farq \(command)"))
    #expect(process.output.contains("OVERVIEW: "))
    #expect(try FarqProcess(["--help"]).output.contains("  \(command) "))
  }

  @Test func printsItsVersion() throws {
    #expect(try FarqProcess(["--version"]).output == "0.1.0\n")
  }
}
