import ArgumentParser
import FarqCore
import FarqExperiment
import FarqInference
import FarqReport
import Foundation

/// `farq robustness`: checkpoints on texts that are not as those that they learned from.
struct RobustnessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "robustness",
    abstract: "Measure checkpoints under distracting passages, spelling noise and on other texts.",
    discussion: """
      Every model is measured on the test split as it is, with passages of articles of other labels, with dropped dots, \
      hamzas and spaces, on the long texts alone, and on --other, labelled texts from elsewhere: accuracy, macro F1, \
      calibration, and accuracy where the model is sure. Differences are to the first model. docs/robustness.md defines \
      the corruptions.

      Example:
        farq robustness --model runs/demo/checkpoints/baseline --model runs/demo/checkpoints/diff-50 --output runs/robustness
        farq robustness --model my-model --data SANAD_SUBSET.zip --other other-newspaper.jsonl --format json
      """)

  @Option(
    help: ArgumentHelp(
      "A checkpoint folder with a classification head, or name=folder; may be given several times.", valueName: "folder"
    ))
  var model: [String]

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(help: ArgumentHelp("Labelled texts from elsewhere, in any form that --data takes.", valueName: "path"))
  var other: String?

  @Option(help: ArgumentHelp("The probability that a place changes in spelling noise.", valueName: "share"))
  var rate = 0.1

  @Option(help: ArgumentHelp("Words of a distracting passage.", valueName: "n"))
  var passageWords = 60

  @Option(
    help: ArgumentHelp(
      "The share of the documents, those a model is surest of, for selective accuracy.", valueName: "share"))
  var coverage = 0.8

  @Option(help: ArgumentHelp("The conditions besides clean, separated by commas; all by default.", valueName: "names"))
  var conditions: String?

  @Option(help: ArgumentHelp("Decides passages, noise and what limits draw.", valueName: "n"))
  var seed: UInt64 = 42

  @Option(help: ArgumentHelp("Tokens of a document, at most.", valueName: "n"))
  var maxLength: Int?

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: ArgumentHelp("A folder for robustness.html, robustness.json and robustness.csv.", valueName: "folder"))
  var output: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    var settings = RobustnessRun.Settings()
    (settings.rate, settings.passageWords, settings.coverage, settings.seed) = (rate, passageWords, coverage, seed)
    settings.conditions = conditions.map {
      Set($0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
    let run = try RobustnessRun(settings)
    let names = try ModelNames.named(model)
    let device = try self.device.prepare()
    let models = try names.map { name, folder in
      (
        name: name,
        classifier: try TextClassifier(
          folder: folder, device: device, precision: self.device.precision, maximumLength: maxLength)
      )
    }
    let data = try EvaluationData(self.data.settings(seed: seed), .automatic)
    Console.note("  note: \(data.note)")
    let report = try run(models, data, other: other.map(otherData)) { Console.note("  \($0)") }
    if let output { try write(report, to: URL(userPath: output)) }
    switch format {
    case .text:
      Console.write(report.text)
      if let output { Console.write("Page: \(URL(userPath: output).appendingPathComponent("robustness.html").path)") }
    case .json, .jsonl: try JSONOutput.write(report, isLine: format == .jsonl)
    }
  }

  private func otherData(_ path: String) throws -> EvaluationData {
    var settings = try data.settings(seed: seed)
    settings.location = URL(dataPath: path)
    settings.testLocation = nil
    return try EvaluationData(settings, .automatic)
  }

  private func write(_ report: RobustnessReport, to folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FarqError(.inputOutput, "cannot make \(folder.path): \(error.localizedDescription)")
    }
    try AtomicFile.write(RobustnessPage(report).html, to: folder.appendingPathComponent("robustness.html"))
    try AtomicFile.write(JSONOutput.text(of: report) + "\n", to: folder.appendingPathComponent("robustness.json"))
    try AtomicFile.write(report.table.text, to: folder.appendingPathComponent("robustness.csv"))
  }
}
