/// Tells what stands between the fields of a `.csv`: spreadsheets write semicolons where the comma is the decimal sign, and
/// some programs tabs.
package struct DelimiterSniffer {
  /// The name of the file, for the parser.
  let name: String
  /// The column that the header has to hold.
  let textColumn: String

  /// Makes a sniffer for the file `name`.
  package init(name: String, textColumn: String) {
    self.name = name
    self.textColumn = textColumn
  }

  /// In the order in which they are tried.
  private static let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// A header that is longer is taken as it is.
  private static let longestHeader = 1 << 16

  /// The delimiter under which the header has the text's column; the comma where none has, so that the error names the
  /// columns that there are.
  ///
  /// A first line `sep=;`, which spreadsheets understand, decides.
  /// - Returns: nil where `head`, the beginning of the file, does not hold the whole header yet.
  func delimiter(_ head: [UInt8], isWhole: Bool) -> UInt8? {
    let line = Self.firstLine(head)
    guard line.endIndex < head.endIndex || isWhole || head.count >= Self.longestHeader else { return nil }
    if line.count == 5, line.starts(with: Array("sep=".utf8)), let last = line.last { return last }
    let wanted = DelimitedHeader.normalized(textColumn)
    return Self.candidates.first { columns(line, $0).contains(wanted) } ?? Self.candidates[0]
  }

  /// Whether `row` is the line that names the delimiter, and neither header nor record.
  static func isDirective(_ row: [String]) -> Bool { row == ["sep=", ""] }

  /// The first line that is not blank; a line end in quotes is none.
  private static func firstLine(_ head: [UInt8]) -> ArraySlice<UInt8> {
    let text = head.drop { $0 == 10 || $0 == 13 }
    var isQuoted = false
    let end = text.firstIndex { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return !isQuoted && (byte == 10 || byte == 13)
    }
    return text[..<(end ?? text.endIndex)]
  }

  private func columns(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> [String] {
    var parser = DelimitedParser(name: name, delimiter: delimiter, limit: line.count)
    var columns: [String] = []
    // What is no row under this delimiter has no columns under it.
    try? line.withUnsafeBufferPointer { try parser.parse($0, isLast: true) { row, _ in columns = row } }
    return columns.map(DelimitedHeader.normalized)
  }
}
