/// Columns for the terminal.
enum TextColumns {
  /// Rows with columns of one width, the first left-aligned and the others right-aligned; a line under the header.
  static func aligned(_ rows: [[String]]) -> String {
    guard let columns = rows.map(\.count).max() else { return "" }
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
    }
    var lines = rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
    lines.insert(String(repeating: "─", count: widths.reduce(0, +) + 2 * (columns - 1)), at: min(1, lines.count))
    return lines.joined(separator: "\n")
  }
}
