import ArgumentParser
import FarqCore
import FarqExperiment
import FarqInference
import Foundation

/// Which documents a run uses.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "SANAD's zip or folder, a folder of label folders, .jsonl, .json, .csv, .tsv, .parquet or .arrow, compressed or in an archive, "
        + "- for standard input; without it Farq's own sample corpus.",
      valueName: "path"))
  var data: String?

  @Option(help: ArgumentHelp("Data whose test documents are measured on, in place of --data's own.", valueName: "path"))
  var testData: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var cleaning: CleaningOptions

  @Option(help: ArgumentHelp("Training documents of each label, at most.", valueName: "n"))
  var trainLimit: Int?

  @Option(help: ArgumentHelp("Test documents of each label, at most.", valueName: "n"))
  var testLimit: Int?

  @Option(help: ArgumentHelp("The share of the training documents that chooses the best epoch.", valueName: "share"))
  var validationFraction = 0.1

  @Option(
    help: ArgumentHelp(
      "Where token ids are kept for the next run, or none; by default large data's in your cache folder.",
      valueName: "folder"))
  var cache: String?

  /// The settings; `seed` decides what is drawn.
  func settings(seed: UInt64) throws -> DataSettings {
    for (name, limit) in [("--train-limit", trainLimit), ("--test-limit", testLimit)] {
      if let limit, limit < 1 { throw FarqError(.usage, "\(name) \(limit): use 1 or more") }
    }
    guard validationFraction > 0, validationFraction < 1 else {
      throw FarqError(.usage, "--validation-fraction \(validationFraction): use a share between 0 and 1, as 0.1")
    }
    var settings = DataSettings()
    settings.location = data.map(URL.init(dataPath:))
    settings.testLocation = testData.map(URL.init(dataPath:))
    settings.textColumn = reading.text.textColumn
    settings.labelColumn = reading.labelColumn
    settings.splitColumn = reading.splitColumn
    settings.form = reading.text.form
    settings.encoding = reading.text.encoding
    settings.nameEncoding = reading.nameEncoding
    settings.skipsUnlabelled = reading.skipUnlabelled
    settings.cleaning = cleaning.steps
    settings.trainLimit = trainLimit
    settings.testLimit = testLimit
    settings.validationFraction = validationFraction
    settings.cache = cachePlace
    settings.seed = seed
    return settings
  }

  private var cachePlace: TokenCache.Place {
    switch cache {
    case nil: .automatic
    case "none": .none
    case let folder?: .folder(URL(userPath: folder))
    }
  }
}
