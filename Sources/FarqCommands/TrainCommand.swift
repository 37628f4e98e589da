import ArgumentParser
import FarqCore
import FarqExperiment
import FarqModels
import FarqReport
import Foundation

/// `farq train`: one configuration.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fine-tune one configuration; the output is a checkpoint folder.",
    discussion: """
      The output folder is a checkpoint in the Hugging Face layout, with the report of its run beside it.

      Examples:
        farq train --model bert-base-arabertv2 --data SANAD_SUBSET.zip --output my-model
        farq train --model bert-base-arabertv2 --data news.jsonl --attention diff --ratio 0.25 --output my-hybrid
        farq train --model my-hybrid --data more-news.jsonl --output my-hybrid-2
      """)

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: "standard, diff, diff-v2, dex or notebook.")
  var attention = AttentionVariant.standard

  @Option(help: ArgumentHelp("The share that becomes differential.", valueName: "share"))
  var ratio: Double?

  @OptionGroup(title: "Attention") var place: AttentionOptions

  @Option(help: ArgumentHelp("The checkpoint folder to write.", valueName: "folder"))
  var output: String

  @OptionGroup(title: "Training") var training: TrainingOptions
  @OptionGroup(title: "Teacher") var teacher: TeacherOptions

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let (device, parallel) = try training.start()
    let folder = URL(userPath: output)
    let runner = try ExperimentRunner(
      settings(), device: device, output: folder, commandLine: InvokedCommand.line, resumes: training.resumes,
      layout: .checkpoint, processes: RunProcesses(parallel))
    var console = ExperimentConsole()
    guard let report = try runner.run({ if Console.isShown { console.show($0) } }) else { return }
    switch format {
    case .text: Console.write(ResultText(report).text + "\n\nCheckpoint: \(folder.path)")
    case .json: try JSONOutput.write(report)
    case .jsonl: for model in report.models { try JSONOutput.write(model, isLine: true) }
    }
  }

  private func settings() throws -> ExperimentSettings {
    let isHybrid = attention != .standard
    guard isHybrid == ((ratio ?? 0) > 0) || ratio == nil else {
      throw FarqError(
        .usage, "--attention \(attention.rawValue) and --ratio \(ratio ?? 0) do not fit: give both or neither")
    }
    var settings = ExperimentSettings()
    settings.origin = try model.origin()
    settings.data = try data.settings(seed: training.seed)
    settings.includesLinear = false
    settings.apply(place)
    settings.apply(model)
    settings.preparation = preparation.request
    settings.variants = [attention]
    settings.ratios = [isHybrid ? ratio ?? 0.25 : 0]
    settings.takesHybrids = !isHybrid
    settings.annealSteps = training.annealSteps
    settings.dropout = training.dropout
    settings.training = try training.settings(for: model.scale())
    try teacher.apply(to: &settings)
    training.device.keep(in: &settings)
    return settings
  }
}
