/// What was noticed while documents were read.
public struct ReadingNotes: Sendable, Equatable, Codable {
  /// The number of files (or members) read in each encoding.
  public var encodings: [TextEncoding: Int] = [:]
  /// Files that hold no text at all; each is still handed out, as a document with an empty text.
  public var emptyFiles: [String] = []
  /// Files that are no data (a licence, a picture) and were passed over.
  public var ignoredFiles: [String] = []
  /// The number of files called `.csv` in which each delimiter other than the comma was found.
  public var delimiters: [String: Int] = [:]
  /// The number of documents that were left out since they have no label.
  public var unlabelledCount = 0
  /// What the user should know, a line each.
  public var warnings: [String] = []

  /// Makes empty notes.
  public init() {}

  /// The notes in words, a line for each kind.
  var summary: [String] {
    var lines: [String] = []
    let converted = encodings.filter { $0.key != .utf8 && $0.key != .utf8WithByteOrderMark }
    for (encoding, count) in converted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("\(count) file\(count == 1 ? "" : "s") converted from \(encoding.rawValue)")
    }
    for (delimiter, count) in delimiters.sorted(by: { $0.key < $1.key }) {
      let name = [";": "semicolons", "\t": "tabs"][delimiter] ?? "'\(delimiter)'"
      lines.append("\(count) CSV file\(count == 1 ? "" : "s") read with \(name) between the fields")
    }
    if let first = ignoredFiles.first {
      lines.append(
        "\(ignoredFiles.count) file\(ignoredFiles.count == 1 ? "" : "s") passed over as no data, such as \(first)")
    }
    return lines
  }
}
