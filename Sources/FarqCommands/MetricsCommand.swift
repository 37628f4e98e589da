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
    let names = labels.map { $0.split(separator: ",").map(String.init) }
    let predictions = try PredictionReader(labels: names).read(
      input == "-" ? URL(fileURLWithPath: "/dev/stdin") : URL(userPath: input))
    let suite = try MetricSuite(predictions)
    switch format {
    case .text: Console.write(MetricText(try MetricTableText.values(suite)).text)
    case .json, .jsonl: Console.write(try suite.json(isLine: format == .jsonl))
    }
  }
}
