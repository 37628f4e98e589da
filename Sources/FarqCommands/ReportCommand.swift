import ArgumentParser
import FarqCore
import FarqExperiment
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
        farq report runs/seeds --margin 0.3
      """)

  @Argument(help: ArgumentHelp("Run folders.", valueName: "run"))
  var runs: [String]

  @Option(
    help: ArgumentHelp(
      "Says which models are shown to be no worse in accuracy by more than so many points, as 0.3.", valueName: "points"
    ))
  var margin: Double?

  @Option(help: "markdown, latex or html.")
  var format = ReportFormat.markdown

  func run() throws {
    let named = try runs.map { path in
      let folder = URL(userPath: path)
      let report = try RunReport.read(from: folder)
      return NamedRun(
        name: folder.lastPathComponent,
        report: try margin.map { try report.holding(margin: Self.share($0), folder: folder) } ?? report)
    }
    guard let text = format.text(of: RunSet(named)) else {
      throw FarqError(.usage, "name at least one run folder: farq report runs/demo")
    }
    Console.write(text)
  }

  /// Points as a share.
  static func share(_ points: Double) throws -> Double {
    guard points > 0, points < 100 else { throw FarqError(.usage, "--margin \(points): use points above 0, as 0.3") }
    return points / 100
  }
}
