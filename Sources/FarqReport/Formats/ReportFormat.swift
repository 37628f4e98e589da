/// The forms in which `farq report` shows runs.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// GitHub's Markdown.
  case markdown
  /// Tables for a paper.
  case latex
  /// The self-contained page.
  case html

  /// The report of one or several runs; nil for no run.
  public func text(of runs: RunSet) -> String? {
    switch self {
    case .markdown: MarkdownReport(runs)?.text
    case .latex: LaTeXReport(runs)?.text
    case .html: ReportPage(runs)?.html
    }
  }
}
