import ArgumentParser
import FarqCore
import FarqDatasets
import FarqTokenizer
import Foundation

/// `farq data`: what is in a data set.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show what is in a data set: counts, lengths, duplicates, leaks, encodings.",
    discussion: """
      Examples:
        farq data SANAD_SUBSET.zip
        farq data news.jsonl --model bert-base-arabertv2 --html data.html
      """)

  @Argument(
    help: ArgumentHelp("SANAD's zip or folder, a folder of label folders, .jsonl, .csv or .tsv.", valueName: "path"))
  var path: String

  @Option(help: ArgumentHelp("The column of the text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: ArgumentHelp("The column of the label.", valueName: "name"))
  var labelColumn = "label"

  @Option(help: ArgumentHelp("The column of the split.", valueName: "name"))
  var splitColumn = "split"

  @Option(help: ArgumentHelp("A folder with a tokenizer: lengths are told in tokens too.", valueName: "folder"))
  var model: String?

  @Option(help: ArgumentHelp("Writes a page with plots.", valueName: "file"))
  var html: String?

  @Option(help: "text, json or jsonl.")
  var format = OutputFormat.text

  func run() throws {
    let options = LoadOptions(
      textColumn: textColumn, labelColumn: labelColumn, splitColumn: splitColumn, requireLabels: false)
    let dataset = try Dataset.load(from: URL(userPath: path), options: options)
    let tokenizer = try model.map { try BERTTokenizer(folder: CheckpointPath.resolve($0)) }
    let audit = DataAudit(of: dataset, tokenCount: tokenizer.map { tokenizer in { tokenizer.ids(of: $0).count + 2 } })
    if let html { try AtomicFile.write(audit.html, to: URL(userPath: html)) }
    switch format {
    case .text: Console.write(audit.text)
    case .json, .jsonl: try JSONOutput.write(audit, isLine: format == .jsonl)
    }
  }
}
