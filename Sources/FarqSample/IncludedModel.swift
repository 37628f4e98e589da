public import Foundation

/// The small pretrained encoder that comes with Farq: `--model mini`. Its card lies beside it.
public enum IncludedModel {
  /// Its name on the command line.
  public static let name = "mini"

  /// The checkpoint folder; nil where the package's resources were not installed beside the executable.
  public static var folder: URL? {
    guard let folder = Bundle.module.url(forResource: name, withExtension: nil),
      FileManager.default.fileExists(atPath: folder.appendingPathComponent("config.json").path)
    else { return nil }
    return folder
  }
}
