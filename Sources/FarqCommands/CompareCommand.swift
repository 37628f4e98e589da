import ArgumentParser
import FarqCore
import FarqExperiment
import FarqModels
import FarqReport
import Foundation

/// `farq compare`: the main job.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train a baseline and its differential hybrids and say what changed.",
    discussion: """
      Trains each configuration on the same documents for the same updates, evaluates it on the test split, and writes \
      a run folder: report.html, report.json, results.csv, predictions, checkpoints and the resolved settings.

      Examples:
        farq compare --output runs/demo
        farq compare --model bert-base-arabertv2 --data SANAD_SUBSET.zip --ratios 0,0.25,0.5 --output runs/sanad
        farq compare --preset notebook --model bert-base-arabertv2 --data SANAD_SUBSET.zip --output runs/notebook
      """)

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: ArgumentHelp("Shares that become differential; 0 is the baseline.", valueName: "list"))
  var ratios = "0,0.25,0.5"

  @Option(help: ArgumentHelp("diff, diff-v2, dex or notebook; several as a list.", valueName: "list"))
  var attention = "diff"

  @OptionGroup(title: "Attention") var place: AttentionOptions

  @Option(
    help: "pretrained (every configuration from the checkpoint) or finetuned (hybrids from the fine-tuned baseline).")
  var start = StartingPoint.pretrained

  @Option(help: ArgumentHelp("Seeds of each configuration.", valueName: "n"))
  var seeds = 1

  @Option(
    help: ArgumentHelp(
      "Says which hybrids are shown to be no worse in accuracy by more than so many points, as 0.3; best with --seeds 5.",
      valueName: "points"))
  var margin: Double?

  @Option(help: ArgumentHelp("notebook: the protocol of the public notebook.", valueName: "name"))
  var preset: Preset?

  @Flag(help: "Leaves out TF-IDF and a linear SVM on the same split.")
  var noLinear = false

  @Flag(help: "Chooses the best epoch on the test split, as the notebook did; the report says so.")
  var selectOnTest = false

  @Option(help: ArgumentHelp("The run folder.", valueName: "folder"))
  var output: String

  @Flag(help: "Where several processes run: deals whole models out to them, instead of training each model together.")
  var spreadRuns = false

  @OptionGroup(title: "Training") var training: TrainingOptions
  @OptionGroup(title: "Teacher") var teacher: TeacherOptions

  @Option(help: "text, json or jsonl (a line a model).")
  var format = OutputFormat.text

  /// Protocols that set many options at once.
  enum Preset: String, ExpressibleByArgument, CaseIterable {
    /// The public notebook's.
    case notebook
  }

  func run() throws {
    let (device, parallel) = try training.start()
    let settings = try self.settings()
    let folder = URL(userPath: output)
    let runner = try ExperimentRunner(
      settings, device: device, output: folder, commandLine: InvokedCommand.line, resumes: training.resumes,
      processes: RunProcesses(parallel, spreadsRuns: spreadRuns))
    var console = ExperimentConsole()
    let report = try runner.run { if Console.isShown { console.show($0) } }
    if let report { try print(report, folder) }
  }

  /// The settings, the preset's first and then whatever the command line says otherwise.
  func settings() throws -> ExperimentSettings {
    var settings = ExperimentSettings()
    settings.origin = try model.origin()
    settings.data = try data.settings(seed: training.seed)
    settings.data.selectsOnTest = selectOnTest
    settings.includesLinear = !noLinear
    settings.ratios = try Lists.ratios(ratios)
    settings.variants = try Lists.variants(attention)
    settings.apply(place)
    settings.apply(model)
    settings.preparation = preparation.request
    settings.annealSteps = training.annealSteps
    settings.start = start
    settings.seedCount = seeds
    settings.margin = try margin.map(ReportCommand.share)
    settings.dropout = training.dropout
    settings.training = try training.settings(for: model.scale())
    try teacher.apply(to: &settings)
    training.device.keep(in: &settings)
    if preset == .notebook { NotebookPreset.apply(to: &settings, given: InvokedCommand.options) }
    return settings
  }

  private func print(_ report: RunReport, _ folder: URL) throws {
    switch format {
    case .text:
      Console.write(ResultText(report).text)
      Console.write("\nReport: \(folder.appendingPathComponent("report.html").path)")
    case .json: try JSONOutput.write(report)
    case .jsonl: for model in report.models { try JSONOutput.write(model, isLine: true) }
    }
  }
}
