import ArgumentParser
import FarqCore
import FarqDatasets
import FarqExperiment
import FarqReport
import Foundation

/// `farq baseline`: TF-IDF and a linear SVM.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Train TF-IDF and a linear SVM on the same split, to know whether a transformer is worth it.",
    discussion: """
      Example:
        farq baseline --data SANAD_SUBSET.zip
      """)

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(help: ArgumentHelp("Decides limits and the solver's order.", valueName: "n"))
  var seed: UInt64 = 42

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    var settings = try data.settings(seed: seed)
    settings.selectsOnTest = true
    let prepared = try PreparedData(settings)
    for note in prepared.accounts.map(\.summary) + prepared.dataset.warnings { Console.note("  note: \(note)") }
    Console.note("… training on \(prepared.documents(.train).count) documents")
    let linear = try LinearModelRun(prepared, seed: seed)
    if let note = linear.note { Console.note("  note: \(note)") }
    let report = linear.report
    switch format {
    case .text:
      let environment = EnvironmentProbe.report(seed: seed, commandLine: InvokedCommand.line)
      let run = RunReport(models: [report], data: prepared.summary, environment: environment)
      Console.write(run.textTable.rendered())
    case .json, .jsonl: try JSONOutput.write(report, isLine: format == .jsonl)
    }
  }
}
