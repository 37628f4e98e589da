/// The forms of a file of records, one record a document.
public enum DataForm: String, Codable, Sendable, CaseIterable {
  /// Comma-separated values (RFC 4180).
  case csv
  /// Tab-separated values, quoted as `csv` is.
  case tsv
  /// One JSON object a line, or a list of objects.
  case jsonl
  /// Apache Parquet, read through Python.
  case parquet
  /// Apache Arrow, read through Python.
  case arrow

  /// Whether the bytes become JSON lines on their way.
  var isColumnar: Bool { self == .parquet || self == .arrow }

  /// The form that a file name's ending tells, letter case ignored; nil where it tells none.
  init?(fileName: String) {
    switch fileName.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "jsonl", "ndjson", "json": self = .jsonl
    case "parquet": self = .parquet
    case "arrow": self = .arrow
    default: return nil
    }
  }
}
