import ArgumentParser
import FarqCore
import FarqDatasets
import FarqTokenizer
import Foundation

/// `farq data D`: what is in a data set.
struct DataAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Show what is in a data set; the word audit may be left out.")

  @Argument(
    help: ArgumentHelp(
      "SANAD's zip or folder, a folder of label folders, .jsonl, .json, .csv, .tsv, .parquet or .arrow, compressed or in an archive; "
        + "- for standard input.",
      valueName: "path"))
  var path: String

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Cleaning, before the look") var cleaning: CleaningOptions

  @Option(help: ArgumentHelp("A folder with a tokenizer: lengths are told in tokens too.", valueName: "folder"))
  var model: String?

  @Option(help: ArgumentHelp("The length in tokens of which the share that is longer is told.", valueName: "n"))
  var maxLength = 512

  @Option(help: ArgumentHelp("The similarity from which two texts are near duplicates.", valueName: "share"))
  var nearThreshold = 0.8

  @Option(help: "text, json, jsonl or html (a page with plots).")
  var format = AuditFormat.text

  @Option(help: ArgumentHelp("Writes to a file instead of standard output.", valueName: "file"))
  var output: String?

  /// How an audit is written.
  enum AuditFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON object.
    case json
    /// The object on one line.
    case jsonl
    /// A page.
    case html
  }

  func run() throws {
    guard nearThreshold > 0, nearThreshold <= 1 else {
      throw FarqError(.usage, "--near-threshold \(nearThreshold): use a share above 0, up to 1")
    }
    guard maxLength >= 1 else { throw FarqError(.usage, "--max-length \(maxLength): use 1 or more") }
    let tokenizer = try model.map { try BERTTokenizer(folder: CheckpointPath.resolve($0)) }
    let loaded = try Dataset.load(from: URL(dataPath: path), options: reading.loadOptions(requireLabels: false))
    let (dataset, accounts) = try cleaning.steps.apply(to: loaded, requireLabels: false)
    for account in accounts { Console.note("  note: \(account.summary)") }
    let audit = DataAudit(
      of: dataset, options: AuditOptions(nearThreshold: nearThreshold, tokenLimit: maxLength),
      tokenCount: tokenizer.map { tokenizer in { tokenizer.ids(of: $0).count + 2 } })
    let text = try self.text(of: audit)
    guard let output else { return Console.write(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
    try AtomicFile.write(text.hasSuffix("\n") ? text : text + "\n", to: URL(userPath: output))
  }

  private func text(of audit: DataAudit) throws -> String {
    switch format {
    case .text: audit.text
    case .html: audit.html
    case .json: try JSONOutput.text(of: audit)
    case .jsonl: try JSONOutput.text(of: audit, isLine: true)
    }
  }
}
