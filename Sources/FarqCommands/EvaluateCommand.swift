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
      Example:
        farq evaluate --model my-model --data SANAD_SUBSET.zip --split test --format json
      """)

  @Option(help: ArgumentHelp("A checkpoint folder with a classification head.", valueName: "folder"))
  var model: String

  @OptionGroup(title: "Data") var data: DataOptions

  @Option(help: "train, validation or test: the split to measure on.")
  var split = "test"

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
    let (data, split) = try self.data(labels: classifier.labels)
    var bar = ProgressBar()
    let total = data.documents(split).count
    let evaluation = try CheckpointEvaluation(classifier, data, split) { bar.draw($0, of: total, "evaluating") }
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
          metrics: evaluation.metrics, documents: evaluation.documentCount, long: long.rawValue, maxLength: length,
          longShare: Double(evaluation.longCount) / count, truncatedShare: Double(evaluation.cutCount) / count),
        isLine: format == .jsonl)
    }
  }

  private struct Result: Encodable {
    let metrics: [String: MetricValue]
    let documents: Int
    let long: String
    let maxLength: Int
    let longShare: Double
    let truncatedShare: Double

    enum CodingKeys: String, CodingKey {
      case metrics, documents, long
      case maxLength = "max_length"
      case longShare = "long_share"
      case truncatedShare = "truncated_share"
    }
  }

  private func data(labels: [String]) throws -> (PreparedData, Split) {
    guard let wanted = Split(named: split) else {
      throw FarqError(.usage, "--split '\(split)' is unknown: use train, validation or test")
    }
    var settings = try self.data.settings(seed: seed)
    settings.selectsOnTest = wanted != .validation
    let prepared = try PreparedData(settings)
    let unknown = Set(prepared.labels).subtracting(labels).sorted()
    guard unknown.isEmpty else {
      throw FarqError(
        .badData,
        "the data has labels that the model does not know: \(unknown.joined(separator: ", ")); its labels are \(labels.joined(separator: ", "))"
      )
    }
    for note in prepared.accounts.map(\.summary) + prepared.dataset.warnings { Console.note("  note: \(note)") }
    return (prepared, wanted)
  }
}
