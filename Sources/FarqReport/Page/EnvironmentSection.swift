/// Where and how the run was made, and the command that repeats it.
struct EnvironmentSection: Sendable {
  /// The environment.
  let environment: EnvironmentReport
  /// The name of the run's identity.
  var identity: String?
  /// What distinguishes several such sections of a page; empty for one alone.
  var suffix = ""

  /// The section.
  var markup: Markup {
    let facts = PageParts.terms([
      ("Run", identity), ("Date", environment.date), ("Farq", environment.farqVersion),
      ("libtorch", environment.libtorchVersion),
      ("Swift", environment.swiftVersion), ("System", environment.operatingSystem),
      ("Processor", environment.cpuModel), ("Device", environment.device),
      ("Threads", environment.threads.map(String.init)), ("Precision", environment.precision),
      ("Seed", environment.seed.map(String.init)),
    ])
    let command = Markup.tag(
      "pre", ["tabindex": "0", "dir": "ltr", "aria-label": "Command"],
      .tag("code", [:], Markup(ShellCommand(environment.commandLine).wrapped)))
    return PageParts.section(
      PageParts.identifier("environment", suffix),
      suffix.isEmpty ? "Environment and command" : "Environment and command of \(suffix)",
      [facts, PageParts.paragraph("To repeat this run:"), command])
  }
}
