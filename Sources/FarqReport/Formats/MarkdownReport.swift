/// The report as Markdown (GitHub's dialect), for a paper's appendix or a pull request.
public struct MarkdownReport: Sendable {
  private let report: RunReport
  private let runs: [NamedRun]

  /// The report of one or several runs; nil for no run.
  public init?(_ set: RunSet) {
    guard let merged = set.merged else { return nil }
    report = merged.withClaims
    runs = set.runs
  }

  /// The text.
  public var text: String {
    let table = HeadlineTable(report)
    var blocks = ["# " + Self.escaped(report.heading)]
    blocks.append(Self.table(table.header, table.rows))
    blocks.append(
      "Brackets: 95 % intervals. Δ: paired bootstrap; p: exact McNemar test, Holm-corrected where several pairs were "
        + "tested; \\*: claimed by both.")
    let tables = ReportTables(report)
    blocks += claims
    for table in [tables.pairs, tables.seeds, tables.labels].compactMap({ $0 }) {
      blocks += ["## \(table.title)", Self.table(table.header, table.rows)]
    }
    for run in runs { blocks += data(run) + environment(run) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var claims: [String] {
    let groups: [(ClaimKind, String)] = [
      (.supported, "The run supports"), (.unsupported, "The run does not show"), (.caution, "Read with care"),
    ]
    let lists: [String] = groups.compactMap { kind, title in
      let members = report.claims.filter { $0.kind == kind }
      guard !members.isEmpty else { return nil }
      return "**\(title)**\n\n" + members.map { "- " + Self.escaped($0.statement) }.joined(separator: "\n")
    }
    return lists.isEmpty ? [] : ["## What can be claimed"] + lists
  }

  private func data(_ run: NamedRun) -> [String] {
    let data = run.report.data
    let rows = data.splits.map { [$0.name, Formatted.integer($0.documents)] }
    let facts: [String?] = [
      "Data set: \(Self.escaped(data.name)); fingerprint \(Self.escaped(data.fingerprint))",
      data.truncatedShare.isFinite ? "Documents cut: \(Formatted.percent(data.truncatedShare, 1))" : nil,
      data.duplicates.map { "Duplicates within a split: \($0)" },
      data.leaks.map { "Test texts also in training: \($0)" },
    ]
    let list = (facts.compactMap { $0 } + data.warnings.map(Self.escaped)).map { "- " + $0 }.joined(separator: "\n")
    return [heading("Data", run), list] + (rows.isEmpty ? [] : [Self.table(["Split", "Documents"], rows)])
  }

  private func environment(_ run: NamedRun) -> [String] {
    let environment = run.report.environment
    let facts: [(String, String?)] = [
      ("run", run.report.identity?.name), ("Farq", environment.farqVersion), ("libtorch", environment.libtorchVersion),
      ("Swift", environment.swiftVersion),
      ("system", environment.operatingSystem), ("processor", environment.cpuModel), ("device", environment.device),
      ("threads", environment.threads.map(String.init)), ("precision", environment.precision),
      ("seed", environment.seed.map(String.init)), ("date", environment.date),
    ]
    let words = facts.compactMap { name, value in value.map { "\(name) \(Self.escaped($0))" } }
    let command = ShellCommand(environment.commandLine).wrapped
    return [heading("Environment", run), words.joined(separator: ", ") + ".", Self.fenced(command)]
  }

  private func heading(_ title: String, _ run: NamedRun) -> String {
    "## " + title + (runs.count > 1 ? " of " + Self.escaped(run.name) : "")
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
    let lines = [header.map(escaped), rule] + rows.map { $0.map(escaped) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// Code between fences longer than any run of backticks in it.
  private static func fenced(_ code: String) -> String {
    var longest = 2
    var run = 0
    for scalar in code.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)sh\n\(code)\n\(fence)"
  }

  /// Text on one line in which nothing means anything to Markdown or HTML.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$", "!":
        result.append("\\")
        result.append(scalar)
      case "\n", "\r", "\t", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
