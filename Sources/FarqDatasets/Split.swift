/// The part of a data set that a document belongs to.
public enum Split: String, Codable, Sendable, CaseIterable {
  /// Documents a model learns from.
  case train
  /// Documents that choose among epochs and settings.
  case validation
  /// Documents that only the final measurement sees.
  case test

  /// The split that a folder, file or column names, letter case ignored; nil where it names none.
  ///
  /// `train` and `training`; `valid`, `validation`, `val` and `dev`; `test` and `testing`.
  public init?(named name: some StringProtocol) {
    switch name.lowercased() {
    case "train", "training": self = .train
    case "valid", "validation", "val", "dev": self = .validation
    case "test", "testing": self = .test
    default: return nil
    }
  }
}
