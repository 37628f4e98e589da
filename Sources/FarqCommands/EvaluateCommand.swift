import ArgumentParser
import FarqCore
import FarqDatasets
import FarqExperiment
import FarqInference
import FarqReport
import FarqTraining
import Foundation

/// `farq evaluate`: metrics of a checkpoint on a split.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a checkpoint on labelled documents.",
    discussion: """
      Measured is the test split, or every document where the data has none; --split names another.

      Example:
        farq evaluate --model my-model --data SANAD_SUBSET.zip --format json
        farq evaluate --model my-model --data held-out.jsonl
      """)

  @Option(help: ArgumentHelp("A checkpoint folder with a classification head.", valueName: "folder"))
  var model: String

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(
    help: ArgumentHelp(
      "train, validation, test or all: the documents to measure on (default: test, or all where there is no test split).",
      valueName: "split"))
  var split: String?

  @Option(help: ArgumentHelp("Tokens of a document, at most.", valueName: "n"))
  var maxLength: Int?

  @Option(help: "What becomes of longer documents: head, tail, head-tail or window.")
  var long = LongDocument.head

  @Option(help: ArgumentHelp("Decides what limits draw.", valueName: "n"))
  var seed: UInt64 = 42

  @OptionGroup(title: "Text") var preparation: TextOptions

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: ArgumentHelp("Writes a line a document with target, prediction and logits.", valueName: "file"))
  var predictions: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let device = try self.device.prepare()
    let classifier = try TextClassifier(
      folder: CheckpointPath.resolve(model), device: device, precision: self.device.precision,
      maximumLength: maxLength, long: long, preparation: preparation.request)
    let data = try self.data(labels: classifier.labels)
    var bar = ProgressBar()
    let total = data.documents.documents(.test).count
    let evaluation = try CheckpointEvaluation(classifier, data) { bar.draw($0, of: total, "evaluating") }
    bar.clear()
    let length = classifier.encoder.maximumLength
    Console.note("  note: " + long.note(evaluation.longCount, of: evaluation.documentCount, maximumLength: length))
    if let predictions { try evaluation.writePredictions(to: URL(userPath: predictions)) }
    switch format {
    case .text: Console.write(MetricText(evaluation.metrics).text)
    case .json, .jsonl:
      let count = Double(max(1, evaluation.documentCount))
      try JSONOutput.write(
        Result(
          metrics: evaluation.metrics, documents: evaluation.documentCount, split: data.split, long: long.rawValue,
          maxLength: length,
          longShare: Double(evaluation.longCount) / count, truncatedShare: Double(evaluation.cutCount) / count),
        isLine: format == .jsonl)
    }
  }

  private struct Result: Encodable {
    let metrics: [String: MetricValue]
    let documents: Int
    let split: String
    let long: String
    let maxLength: Int
    let longShare: Double
    let truncatedShare: Double

    enum CodingKeys: String, CodingKey {
      case metrics, documents, split, long
      case maxLength = "max_length"
      case longShare = "long_share"
      case truncatedShare = "truncated_share"
    }
  }

  private func data(labels: [String]) throws -> EvaluationData {
    let data = try EvaluationData(self.data.settings(seed: seed), choice())
    try data.check(against: labels)
    let documents = data.documents
    for note in documents.accounts.map(\.summary) + documents.dataset.warnings + [data.note] {
      Console.note("  note: \(note)")
    }
    let absent = data.absent(of: labels)
    if !absent.isEmpty {
      Console.note(
        "  note: no document has the model's label\(absent.count == 1 ? "" : "s") \(absent.joined(separator: ", "))")
    }
    return data
  }

  private func choice() throws -> EvaluationData.Choice {
    guard let split else { return .automatic }
    if split.lowercased() == "all" { return .all }
    guard let named = Split(named: split) else {
      throw FarqError(.usage, "--split '\(split)' is unknown: use train, validation, test or all")
    }
    return .split(named)
  }
}
