import ArgumentParser
import FarqCore
import FarqReport
import Foundation

/// `farq report`: a run's report in another form, or one over several runs.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Print the report of one or several runs as Markdown, LaTeX or HTML.",
    discussion: """
      Examples:
        farq report runs/demo --format markdown
        farq report runs/layers runs/heads --format html > both.html
      """)

  @Argument(help: ArgumentHelp("Run folders.", valueName: "run"))
  var runs: [String]

  @Option(help: "markdown, latex or html.")
  var format = ReportFormat.markdown

  func run() throws {
    let named = try runs.map { path in
      let folder = URL(userPath: path)
      return NamedRun(name: folder.lastPathComponent, report: try RunReport.read(from: folder))
    }
    guard let text = format.text(of: RunSet(named)) else {
      throw FarqError(.usage, "name at least one run folder: farq report runs/demo")
    }
    Console.write(text)
  }
}
