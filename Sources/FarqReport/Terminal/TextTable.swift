/// A table for the terminal: aligned columns, a rule under the header, no line longer than its content.
public struct TextTable: Sendable, Equatable {
  /// On which side of a column its cells stand.
  public enum Alignment: Sendable {
    /// Words.
    case leading
    /// Numbers.
    case trailing
  }

  /// A column.
  public struct Column: Sendable, Equatable {
    /// The title.
    public var title: String
    /// On which side its cells stand.
    public var alignment: Alignment

    /// Makes a column.
    public init(_ title: String, _ alignment: Alignment = .leading) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// The columns.
  public var columns: [Column]
  /// The rows; missing cells are empty, cells beyond the columns are left out.
  public var rows: [[String]]

  /// Makes a table.
  public init(columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// The table as lines, each ended by a line break.
  ///
  /// - Parameter maximumCellWidth: cells wider than this many terminal columns are cut, with an ellipsis.
  public func rendered(maximumCellWidth: Int = 48) -> String {
    let head = columns.map { Self.clean($0.title, maximumCellWidth) }
    let body = rows.map { row in
      columns.indices.map { row.indices.contains($0) ? Self.clean(row[$0], maximumCellWidth) : "" }
    }
    let widths = columns.indices.map { column in
      ([head] + body).map { TextWidth.columns($0[column]) }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(head, widths), rule] + body.map { line($0, widths) }).map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(zip(cells, widths), columns).map { pair, column in
      let (cell, width) = pair
      let space = String(repeating: " ", count: max(width - TextWidth.columns(cell), 0))
      return column.alignment == .leading ? cell + space : space + cell
    }
    let text = padded.joined(separator: "  ").unicodeScalars
    let end = text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? text.startIndex
    return String(String.UnicodeScalarView(text[..<end]))
  }

  /// A cell on one line, without characters that could steer the terminal.
  private static func clean(_ cell: String, _ limit: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return TextWidth.cut(String(scalars), to: max(limit, 1))
  }
}
