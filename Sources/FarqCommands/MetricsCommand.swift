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
      Lines {"label": "Sports", "prediction": "Culture"} give the metrics of labels alone; those of scores (curves
      and their areas, calibration error, hinge loss) are left out, with a note.

      Example:
        farq metrics --input runs/demo/predictions/baseline.jsonl --format json
      """)

  @Option(help: ArgumentHelp("A file with a JSON object a line; - for standard input.", valueName: "file"))
  var input: String

  @Option(
    help: ArgumentHelp(
      "Label names in the order of the scores, where labels are names; separated by commas.", valueName: "list"))
  var labels: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    // No variable holds the predictions, so that the suite works in their memory.
    let suite = try MetricSuite(read()).compute()
    if suite["metrics"]?["MulticlassAUROC"] == nil {
      let source = input == "-" ? "standard input" : input
      Console.note("note: \(source) has labels alone, no scores; metrics that need scores are left out")
    }
    switch format {
    case .text: Console.write(MetricText(suite["metrics"] ?? suite).text)
    case .json, .jsonl: Console.write(suite.json)
    }
  }

  private func read() throws -> Predictions {
    let names = labels.map { $0.split(separator: ",").map(String.init) } ?? []
    guard input != "-" else {
      return try PredictionReader.read(.standardInput, source: "standard input", labels: names)
    }
    return try PredictionReader.read(URL(userPath: input), labels: names)
  }
}
