public import Foundation

/// The corpus that comes with Farq: short Arabic news-like articles written for the project (CC0), 7 labels.
public enum SampleCorpus {
  /// The file, JSON lines with `text`, `label` and `split`; nil where the package's resources were not installed
  /// beside the executable.
  public static var file: URL? {
    Bundle.module.url(forResource: "news", withExtension: "jsonl")
  }
}
