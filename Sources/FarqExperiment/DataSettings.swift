public import Foundation

/// Which documents a run uses.
public struct DataSettings: Sendable, Equatable, Codable {
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
}
