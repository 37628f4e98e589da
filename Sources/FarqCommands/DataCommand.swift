import ArgumentParser

/// `farq data`: what is in a data set, and new splits of it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show what is in a data set: counts, lengths, duplicates, leaks, encodings; or split it.",
    discussion: """
      Examples:
        farq data SANAD_SUBSET.zip
        farq data news.jsonl --model bert-base-arabertv2 --format html --output data.html
        farq data split news.csv --test 0.1 --validation 0.1 --output news-split.jsonl
      """,
    subcommands: [DataAuditCommand.self, DataSplitCommand.self], defaultSubcommand: DataAuditCommand.self)
}
