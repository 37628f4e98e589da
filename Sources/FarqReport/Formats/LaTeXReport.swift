import FarqMetrics

/// The tables of the report as LaTeX, for a paper: `booktabs` tables to be included by `\input`.
public struct LaTeXReport: Sendable {
  private let report: RunReport
  private let dataNames: String

  /// The report of one or several runs; nil for no run.
  public init?(_ set: RunSet) {
    guard let merged = set.merged else { return nil }
    report = merged.withClaims
    var names: [String] = []
    for run in set.runs where !names.contains(run.report.data.name) { names.append(run.report.data.name) }
    dataNames = names.joined(separator: ", ")
  }

  /// The text.
  public var text: String {
    let headline = HeadlineTable(report)
    var blocks = [
      "% Needs \\usepackage{booktabs} and \\usepackage{graphicx}; Arabic labels need XeLaTeX or LuaLaTeX with an Arabic font."
    ]
    blocks.append(
      Self.table(
        headline.header, headline.rows, label: "tab:farq-results",
        caption: "Results on the \(split) split of \(dataNames). Brackets: 95 % intervals. Δ: difference to the "
          + "baseline, paired bootstrap; p: exact McNemar test, Holm-corrected where several pairs were tested; "
          + "*: claimed by both."))
    // All metrics of all pairs would be longer than a page of paper.
    let tables = ReportTables(report, metrics: [.accuracy, .macroF1])
    for (table, label) in [(tables.pairs, "pairs"), (tables.seeds, "seeds"), (tables.labels, "labels")] {
      guard let table else { continue }
      blocks.append(
        Self.table(table.header, table.rows, label: "tab:farq-\(label)", caption: "\(table.title)."))
    }
    if !report.claims.isEmpty {
      let items = report.claims.map { "  \\item \(Self.escaped($0.statement))" }
      blocks.append((["\\begin{itemize}"] + items + ["\\end{itemize}"]).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var split: String {
    Set(report.models.map(\.evaluatedSplit)).sorted().joined(separator: ", ")
  }

  private static func table(_ header: [String], _ rows: [[String]], label: String, caption: String) -> String {
    func line(_ cells: [String]) -> String { "      " + cells.map(escaped).joined(separator: " & ") + " \\\\" }
    let columns = "l" + String(repeating: "r", count: max(header.count - 1, 0))
    let lines =
      [
        "\\begin{table}", "  \\centering", "  \\caption{\(escaped(caption))}", "  \\label{\(label)}",
        "  \\resizebox{\\linewidth}{!}{%", "    \\begin{tabular}{\(columns)}", "      \\toprule", line(header),
        "      \\midrule",
      ] + rows.map(line) + ["      \\bottomrule", "    \\end{tabular}}", "\\end{table}"]
    return lines.joined(separator: "\n")
  }

  /// Text in which nothing means anything to LaTeX; Farq's own signs become LaTeX's.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "|": result += "\\textbar{}"
      case "\"": result += "\\textquotedbl{}"
      case "{", "}", "$", "&", "#", "%", "_": result += "\\\(scalar)"
      case "−": result += "$-$"
      case "–": result += "--"
      case "Δ": result += "$\\Delta$"
      case "λ": result += "$\\lambda$"
      case "κ": result += "$\\kappa$"
      case "\u{202F}": result += "\\,"
      case "’": result += "'"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
