import ArgumentParser
import FarqCore
import FarqMetrics
import Foundation

/// `farq metrics`: every metric from targets and scores.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Work out every metric of TorchMetrics' multiclass classification from predictions.",
    discussion: """
      Reads lines {"target": 3, "logits": […]} or {"target": 3, "probabilities": […]}, as a run's predictions are.

      Example:
        farq metrics --input runs/demo/predictions/baseline.jsonl --format json
      """)

  @Option(help: ArgumentHelp("A file with a JSON object a line; - for standard input.", valueName: "file"))
  var input: String

  @Option(help: ArgumentHelp("Label names in the order of the scores, where targets are names.", valueName: "list"))
  var labels: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let names = labels.map { $0.split(separator: ",").map(String.init) } ?? []
    let predictions =
      input == "-"
      ? try PredictionReader.read(.standardInput, source: "standard input", labels: names)
      : try PredictionReader.read(URL(userPath: input), labels: names)
    let suite = try MetricSuite(predictions).compute()
    switch format {
    case .text: Console.write(MetricText(suite["metrics"] ?? suite).text)
    case .json, .jsonl: Console.write(suite.json)
    }
  }
}
