import ArgumentParser
import FarqDatasets

/// How files of labelled texts are read.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var text: TextReadingOptions

  @Option(help: ArgumentHelp("The column of the label.", valueName: "name"))
  var labelColumn = "label"

  @Option(help: ArgumentHelp("The column of the split.", valueName: "name"))
  var splitColumn = "split"

  @Option(
    help: ArgumentHelp(
      "utf-8, windows-1256, cp720 or cp864: of the names in an archive that are not UTF-8; by default they tell.",
      valueName: "name"))
  var nameEncoding: NameEncoding?

  @Flag(help: "Leaves documents without a label out; they are counted.")
  var skipUnlabelled = false

  /// The options of the reader.
  func loadOptions(requireLabels: Bool) -> LoadOptions {
    LoadOptions(
      textColumn: text.textColumn, labelColumn: labelColumn, splitColumn: splitColumn, form: text.form,
      encoding: text.encoding, nameEncoding: nameEncoding, requireLabels: requireLabels,
      skipsUnlabelled: skipUnlabelled)
  }
}
