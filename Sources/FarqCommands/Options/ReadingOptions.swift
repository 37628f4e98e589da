import ArgumentParser
import FarqDatasets

/// How files of labelled texts are read.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var text: TextReadingOptions

  @Option(help: ArgumentHelp("The column of the label.", valueName: "name"))
  var labelColumn = "label"

  @Option(help: ArgumentHelp("The column of the split.", valueName: "name"))
  var splitColumn = "split"

  /// The options of the reader.
  func loadOptions(requireLabels: Bool) -> LoadOptions {
    LoadOptions(
      textColumn: text.textColumn, labelColumn: labelColumn, splitColumn: splitColumn, form: text.form,
      encoding: text.encoding, requireLabels: requireLabels)
  }
}
