import ArgumentParser
import FarqCore
import FarqExperiment
import FarqModels
import FarqTraining
import Foundation

/// `farq pretrain`: a vocabulary and a BERT from raw text, or a checkpoint trained on.
struct PretrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pretrain",
    abstract: "Learn a vocabulary and a masked-language model from raw text, or train a checkpoint on.",
    discussion: """
      Without --model a WordPiece vocabulary is learnt and a new BERT trained. With --model a checkpoint goes on: an \
      encoder gets used to a domain, a hybrid heals after its conversion. The output is a checkpoint in the Hugging \
      Face layout, which 'farq compare --model' and transformers' BertForMaskedLM read.

      Examples:
        farq pretrain --data news.jsonl --output my-encoder
        farq pretrain --model bert-base-arabertv2 --data news.jsonl --epochs 1 --output adapted
        farq pretrain --model bert-base-arabertv2 --attention diff --ratio 0.25 --data news.jsonl --output healed
      """)

  @OptionGroup(title: "Pretraining") var pretraining: PretrainingOptions

  @OptionGroup(title: "Text") var preparation: TextOptions

  @Option(help: "standard, diff, diff-v2, dex or notebook: what the attention becomes at the start.")
  var attention = AttentionVariant.standard

  @Option(help: ArgumentHelp("The share that becomes differential.", valueName: "share"))
  var ratio: Double?

  @OptionGroup(title: "Attention") var place: AttentionOptions

  @Option(help: ArgumentHelp("The checkpoint folder to write.", valueName: "folder"))
  var output: String

  @OptionGroup(title: "Training") var training: TrainingOptions

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let (device, parallel) = try training.start()
    let folder = URL(userPath: output)
    let runner = PretrainingRunner(
      try plan(), device: device, output: folder, commandLine: InvokedCommand.line, resumes: training.resumes,
      processes: RunProcesses(parallel))
    var console = PretrainingConsole()
    guard let report = try runner.run({ if Console.isShown { console.show($0) } }) else { return }
    switch format {
    case .text: Console.write(text(report) + "\nCheckpoint: \(folder.path)")
    case .json, .jsonl: try JSONOutput.write(report, isLine: format == .jsonl)
    }
  }

  private func plan() throws -> PretrainingPlan {
    guard (attention != .standard) == ((ratio ?? 0) > 0) else {
      throw FarqError(
        .usage, "--attention \(attention.rawValue) and --ratio \(ratio ?? 0) do not fit: give both or neither")
    }
    guard place.initialization != .fitted else {
      throw FarqError(.usage, "--init fitted is for compare, train and convert: pretrain the hybrid that convert makes")
    }
    var plan = try pretraining.plan(training)
    plan.preparation = preparation.request
    plan.initialization = place.initialization
    plan.threads = training.device.threads > 0 ? training.device.threads : nil
    plan.device = training.device.device == "auto" ? nil : training.device.device
    guard let ratio, ratio > 0 else { return plan }
    plan.request = AttentionRequest(
      variant: attention, ratio: ratio, granularity: place.granularity, placement: place.placement,
      pairing: place.pairing, stack: place.stack, lambdaInit: place.lambdaInit, ignoresMask: place.ignoreMask)
    if place.initialization != .anneal { plan.settings.training.annealSteps = 0 }
    return plan
  }

  private func text(_ report: PretrainingReport) -> String {
    var lines = [
      "\(NumberText.grouped(report.tokens)) tokens in \(report.updates) updates, "
        + NumberText.duration(report.seconds)
    ]
    if let last = report.heldOut.last {
      lines.append(
        "Held-out perplexity \(NumberText.fixed(last.perplexity, 2)), "
          + "masked accuracy \(NumberText.fixed(last.accuracy, 4))")
    }
    return lines.joined(separator: "\n")
  }
}
