import ArgumentParser
import FarqDatasets

/// How files of texts are read.
struct TextReadingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The column of the text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: "csv, tsv, jsonl, parquet or arrow; by default names, or else the content, tell.")
  var form: DataForm?

  @Option(
    help: ArgumentHelp(
      "utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-6; by default each file's bytes tell.", valueName: "name"))
  var encoding: TextEncoding?
}
