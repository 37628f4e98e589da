import ArgumentParser
import FarqCore
import FarqDatasets
import Foundation

/// `farq data split`: a data set with its documents dealt out to training, validation and test.
struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Deal documents out to training, validation and test, label by label and by seed.",
    discussion: """
      Takes every form of data and writes JSON lines with text, label and split. Equal texts stay together. Splits \
      that are there stay as they are, unless --anew is given.

      Example:
        farq data split news.csv --test 0.1 --validation 0.1 --seed 42 --output news-split.jsonl
      """)

  @Argument(help: ArgumentHelp("The data, in any form; - for standard input.", valueName: "path"))
  var path: String

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Cleaning, in the new splits") var cleaning: CleaningOptions

  @Option(help: ArgumentHelp("The share of the documents that becomes the test split.", valueName: "share"))
  var test = 0.1

  @Option(help: ArgumentHelp("The share of the documents that becomes the validation split.", valueName: "share"))
  var validation = 0.1

  @Flag(help: "Forgets the splits that the data has.")
  var anew = false

  @Option(help: ArgumentHelp("Decides which documents go where.", valueName: "n"))
  var seed: UInt64 = 42

  @Option(help: ArgumentHelp("The file to write, JSON lines.", valueName: "file"))
  var output: String

  @Option(help: "text, json or jsonl: how the counts are printed.")
  var format = OutputFormat.text

  func run() throws {
    let split = try StratifiedSplit(validationFraction: validation, testFraction: test, seed: seed)
    let loaded = try Dataset.load(from: URL(dataPath: path), options: reading.loadOptions(requireLabels: true))
    let dealt = try split.apply(to: anew ? loaded.withoutSplits : loaded)
    let (dataset, accounts) = try cleaning.steps.apply(to: dealt)
    for note in accounts.map(\.summary) + dataset.warnings + dataset.splitWarnings { Console.note("  note: \(note)") }
    try dataset.writeJSONLines(to: URL(userPath: output))
    let counts = Dictionary(
      uniqueKeysWithValues: Split.allCases.map { ($0.rawValue, dataset.documents(in: $0).count) })
    switch format {
    case .text:
      let parts = Split.allCases.map { "\($0.rawValue) \(NumberText.grouped(counts[$0.rawValue] ?? 0))" }
      Console.write("\(output): \(parts.joined(separator: ", ")); fingerprint \(dataset.fingerprint.prefix(16))")
    case .json, .jsonl:
      try JSONOutput.write(
        Summary(file: output, fingerprint: dataset.fingerprint, documents: counts, cleaning: accounts),
        isLine: format == .jsonl)
    }
  }

  private struct Summary: Encodable {
    let file: String
    let fingerprint: String
    let documents: [String: Int]
    let cleaning: [CleaningAccount]
  }
}
