public import FarqDatasets
public import FarqInference
public import Foundation

/// Which documents a run uses.
public struct DataSettings: Sendable, Equatable {
  /// The data; nil takes the corpus that comes with Farq.
  public var location: URL?
  /// Data whose test documents replace those of `location`.
  public var testLocation: URL?
  /// The column of the text in tables and JSON lines.
  public var textColumn = "text"
  /// The column of the label.
  public var labelColumn = "label"
  /// The column of the split.
  public var splitColumn = "split"
  /// The form of the records; nil means that names, or else the content, tell.
  public var form: DataForm?
  /// The encoding of every file; nil means that each file's bytes tell.
  public var encoding: TextEncoding?
  /// The encoding of the names in an archive that are not UTF-8; nil means that the names tell.
  public var nameEncoding: NameEncoding?
  /// Whether documents without a label are left out.
  public var skipsUnlabelled = false
  /// What is removed before anything is drawn.
  public var cleaning = CleaningSteps()
  /// Where token ids are kept.
  public var cache = TokenCache.Place.automatic
  /// Training documents of each label, at most.
  public var trainLimit: Int?
  /// Test documents of each label, at most.
  public var testLimit: Int?
  /// The share of the training documents that chooses the best epoch.
  public var validationFraction = 0.1
  /// Decides what is drawn for limits and validation.
  public var seed: UInt64 = 42
  /// Chooses the best epoch on the test split, as the notebook did; the report says so.
  public var selectsOnTest = false

  /// The corpus that comes with Farq.
  public init() {}

  /// How the data is read.
  public var loadOptions: LoadOptions {
    LoadOptions(
      textColumn: textColumn, labelColumn: labelColumn, splitColumn: splitColumn, form: form, encoding: encoding,
      nameEncoding: nameEncoding, skipsUnlabelled: skipsUnlabelled)
  }
}
