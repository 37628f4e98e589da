import ArgumentParser
import FarqCore
import FarqDatasets
import FarqInference
import Foundation

/// `farq classify`: labels and probabilities for texts.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Label texts.",
    discussion: """
      Reads --text, --input (a JSON object with `text` a line), or standard input (a text a line).

      Examples:
        farq classify --model my-model --text "ارتفعت أسعار النفط"
        farq classify --model my-model --input articles.jsonl --format jsonl > labels.jsonl
      """)

  @Option(help: ArgumentHelp("A checkpoint folder with a classification head.", valueName: "folder"))
  var model: String

  @Option(help: ArgumentHelp("The text; may be given several times.", valueName: "text"))
  var text: [String] = []

  @Option(help: ArgumentHelp("JSON lines, or another form of docs/data.md; - for standard input.", valueName: "file"))
  var input: String?

  @OptionGroup(title: "Reading --input") var reading: TextReadingOptions

  @Option(help: ArgumentHelp("Tokens of a document, at most.", valueName: "n"))
  var maxLength: Int?

  @Option(help: "What becomes of longer documents: head, tail, head-tail or window.")
  var long = LongDocument.head

  @OptionGroup(title: "Text") var preparation: TextOptions

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let texts = try self.texts()
    let device = try self.device.prepare()
    let classifier = try TextClassifier(
      folder: CheckpointPath.resolve(model), device: device,
      precision: self.device.precision(forBytes: texts.reduce(0) { $0 + $1.utf8.count }, on: device),
      maximumLength: maxLength, long: long, preparation: preparation.request)
    var bar = ProgressBar()
    let results = try classifier.classify(texts) { bar.draw($0, of: texts.count, "classifying") }
    bar.clear()
    let length = classifier.encoder.maximumLength
    let longer = results.count { $0.tokenCount > length }
    if longer > 0 { Console.note("  note: " + long.note(longer, of: results.count, maximumLength: length)) }
    try print(results, labels: classifier.labels)
  }

  private func texts() throws -> [String] {
    guard text.isEmpty || input == nil else { throw FarqError(.usage, "give --text or --input, not both") }
    if !text.isEmpty { return text }
    if let input {
      let options = LoadOptions(
        textColumn: reading.textColumn, form: reading.form, encoding: reading.encoding, requireLabels: false,
        ignoresLabels: true)
      var texts: [String] = []
      _ = try DocumentReader(url: URL(dataPath: input), options: options).forEach { texts.append($0.text) }
      return texts
    }
    var lines: [String] = []
    while let line = readLine() { lines.append(line) }
    guard !lines.isEmpty else {
      throw FarqError(.missingInput, "there is no text: use --text, --input or standard input")
    }
    return lines
  }

  private func print(_ results: [Classification], labels: [String]) throws {
    switch format {
    case .text:
      for result in results { Console.write("\(result.label)\t\(NumberText.fixed(result.score, 4))") }
    case .json:
      let records = results.map { ClassificationRecord($0, labels: labels) }
      if let only = records.first, records.count == 1 {
        try JSONOutput.write(only)
      } else {
        try JSONOutput.write(records)
      }
    case .jsonl:
      for result in results { try JSONOutput.write(ClassificationRecord(result, labels: labels), isLine: true) }
    }
  }
}
