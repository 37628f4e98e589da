/// A table as RFC 4180 text: commas, CRLF, fields quoted where they must be.
public struct CSVTable: Sendable, Equatable {
  /// The names of the columns.
  public var header: [String]
  /// The rows, each as long as the header.
  public var rows: [[String]]

  /// Makes a table.
  public init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// The table as text, every line ended by CRLF.
  public var text: String {
    ([header] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field, in quotes where it holds a comma, a quote, a line break, or a space at either end.
  static func quoted(_ field: String) -> String {
    let scalars = field.unicodeScalars
    let special = scalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
    guard special || scalars.first == " " || scalars.last == " " else { return field }
    return "\"" + field.replacingQuotes() + "\""
  }
}

extension String {
  /// Every quote doubled; scalar by scalar, since a quote may carry a combining mark.
  fileprivate func replacingQuotes() -> String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      result.append(scalar)
      if scalar == "\"" { result.append(scalar) }
    }
    return String(result)
  }
}
