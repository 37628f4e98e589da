import ArgumentParser
import FarqModels
import Foundation

/// `farq info`: what is in a checkpoint.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show a checkpoint: sizes, labels, which layers and heads are differential, their λ.")

  @Argument(help: ArgumentHelp("A checkpoint folder.", valueName: "folder"))
  var model: String

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let info = try CheckpointInfo(folder: CheckpointPath.resolve(model))
    switch format {
    case .text: Console.write(info.text)
    case .json, .jsonl: try JSONOutput.write(info, isLine: format == .jsonl)
    }
  }
}
