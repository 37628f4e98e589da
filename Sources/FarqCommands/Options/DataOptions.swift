import ArgumentParser
import FarqCore
import FarqExperiment
import Foundation

/// Which documents a run uses.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "SANAD's zip or folder, a folder of label folders, or .jsonl/.csv/.tsv; without it Farq's own sample corpus.",
      valueName: "path"))
  var data: String?

  @Option(help: ArgumentHelp("Data whose test documents are measured on, in place of --data's own.", valueName: "path"))
  var testData: String?

  @Option(help: ArgumentHelp("The column of the text.", valueName: "name"))
  var textColumn = "text"

  @Option(help: ArgumentHelp("The column of the label.", valueName: "name"))
  var labelColumn = "label"

  @Option(help: ArgumentHelp("The column of the split.", valueName: "name"))
  var splitColumn = "split"

  @Option(help: ArgumentHelp("Training documents of each label, at most.", valueName: "n"))
  var trainLimit: Int?

  @Option(help: ArgumentHelp("Test documents of each label, at most.", valueName: "n"))
  var testLimit: Int?

  @Option(help: ArgumentHelp("The share of the training documents that chooses the best epoch.", valueName: "share"))
  var validationFraction = 0.1

  /// The settings; `seed` decides what is drawn.
  func settings(seed: UInt64) throws -> DataSettings {
    for (name, limit) in [("--train-limit", trainLimit), ("--test-limit", testLimit)] {
      if let limit, limit < 1 { throw FarqError(.usage, "\(name) \(limit): use 1 or more") }
    }
    guard validationFraction > 0, validationFraction < 1 else {
      throw FarqError(.usage, "--validation-fraction \(validationFraction): use a share between 0 and 1, as 0.1")
    }
    var settings = DataSettings()
    settings.location = data.map(URL.init(userPath:))
    settings.testLocation = testData.map(URL.init(userPath:))
    settings.textColumn = textColumn
    settings.labelColumn = labelColumn
    settings.splitColumn = splitColumn
    settings.trainLimit = trainLimit
    settings.testLimit = testLimit
    settings.validationFraction = validationFraction
    settings.seed = seed
    return settings
  }
}
