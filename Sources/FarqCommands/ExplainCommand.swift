import ArgumentParser
import FarqCore
import FarqDatasets
import FarqInference
import FarqReport
import Foundation

/// `farq explain`: why a text got its label.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why a text gets its label: words for and against it, attention maps.",
    discussion: """
      Writes an HTML page that needs no other file: the prediction, the words that spoke for and against the label \
      (integrated gradients), both softmax maps of a head and their difference, λ of each layer.

      Examples:
        farq explain --model my-model --text "ارتفعت أسعار النفط" --output page.html
        farq explain --model my-model --input articles.jsonl --document 3 --layer 1 --head 0 --output page.html
      """)

  @Option(help: ArgumentHelp("A checkpoint folder with a classification head.", valueName: "folder"))
  var model: String

  @Option(help: ArgumentHelp("The text.", valueName: "text"))
  var text: String?

  @Option(help: ArgumentHelp("A file with a JSON object a line; - for standard input.", valueName: "file"))
  var input: String?

  @Option(help: ArgumentHelp("Which document of --input, from 1.", valueName: "n"))
  var document = 1

  @Option(help: ArgumentHelp("The column of the text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: ArgumentHelp("The label to explain; the most probable one by default.", valueName: "label"))
  var label: String?

  @Option(help: ArgumentHelp("The layer whose maps are shown; the last differential one by default.", valueName: "l"))
  var layer: Int?

  @Option(help: ArgumentHelp("The head whose maps are shown.", valueName: "h"))
  var head = 0

  @Option(help: ArgumentHelp("Tokens of a text, at most; the end of a longer one is cut.", valueName: "n"))
  var maxLength: Int?

  @Option(help: ArgumentHelp("The page.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Device") var device: DeviceOptions

  @Option(help: "text, json or jsonl; json prints the numbers of the page.")
  var format = OutputFormat.text

  func run() throws {
    guard output != nil || format != .text else {
      throw FarqError(.usage, "there is no place for the page: give --output page.html, or --format json")
    }
    let text = try self.text ?? documentText()
    guard self.text == nil || input == nil else { throw FarqError(.usage, "give --text or --input, not both") }
    let device = try self.device.prepare()
    let folder = try CheckpointPath.resolve(model)
    let classifier = try TextClassifier(folder: folder, device: device, precision: .fp32, maximumLength: maxLength)
    let explainer = Explainer(classifier, device: device)
    let explanation = try explainer.explain(
      text, label: labelIndex(classifier.labels), layer: layer ?? explainer.usualLayer, head: head)
    let report = try ExplanationReport(explanation, classifier, name: folder.lastPathComponent)
    if let output { try AtomicFile.write(ExplanationPage(report).html, to: URL(userPath: output)) }
    try show(report)
  }

  private func labelIndex(_ labels: [String]) throws -> Int? {
    guard let label else { return nil }
    guard let index = labels.firstIndex(of: label) else {
      throw FarqError(.usage, "--label \(label): the model’s labels are \(labels.joined(separator: ", "))")
    }
    return index
  }

  private func documentText() throws -> String {
    guard let input else { throw FarqError(.missingInput, "there is no text: use --text or --input") }
    guard document >= 1 else { throw FarqError(.usage, "--document \(document): documents are counted from 1") }
    let url = input == "-" ? URL(fileURLWithPath: "-") : URL(userPath: input)
    var count = 0
    var found: String?
    _ = try DocumentReader(
      url: url, options: LoadOptions(textColumn: textColumn, requireLabels: false, ignoresLabels: true)
    ).forEach {
      count += 1
      if count == document { found = $0.text }
    }
    guard let found else {
      throw FarqError(.usage, "--document \(document): \(input) has \(count) documents")
    }
    return found
  }

  private func show(_ report: ExplanationReport) throws {
    guard format == .text else { return try JSONOutput.write(report, isLine: format == .jsonl) }
    let probability = report.probabilities.first { $0.label == report.label }?.probability ?? .nan
    Console.write("\(report.label)\t\(NumberText.fixed(probability, 4))")
    if let output { Console.write("Page: \(URL(userPath: output).path)") }
  }
}
