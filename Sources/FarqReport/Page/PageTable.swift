/// A table of the page; on a phone each row of a `cards` table becomes a block with the column titles beside.
struct PageTable: Sendable {
  /// A column.
  struct Column: Sendable {
    /// The title.
    var title: String
    /// Whether it holds numbers, which stand right.
    var isNumeric = true
  }

  /// What the table shows, for its caption.
  var caption: String
  /// Whether the caption is only for readers who cannot see the page.
  var hidesCaption = true
  /// The columns; the first names the row.
  var columns: [Column]
  /// The cells.
  var rows: [[Markup]]
  /// Whether rows become blocks on a phone; else the table scrolls.
  var isCards = false
  /// Whether it has so many columns that titles wrap and cells are tight.
  var isWide = false

  /// The table.
  var markup: Markup {
    let head = Markup.tag(
      "tr", ["role": "row"],
      columns.map {
        .tag(
          "th", ["scope": "col", "role": "columnheader", "class": $0.isNumeric ? "number" : "words"], Markup($0.title))
      })
    let table = Markup.tag(
      "table", ["role": "table", "class": (isCards ? "cards" : "plain") + (isWide ? " wide" : "")],
      .tag("caption", ["class": hidesCaption ? "hidden" : "caption"], Markup(caption)),
      .tag("thead", ["role": "rowgroup"], head),
      .tag("tbody", ["role": "rowgroup"], rows.map(row)))
    return .tag("div", ["class": "scroll", "role": "region", "aria-label": caption, "tabindex": "0"], table)
  }

  private func row(_ cells: [Markup]) -> Markup {
    .tag(
      "tr", ["role": "row"],
      zip(columns, cells).enumerated().map { index, pair in
        let (column, cell) = pair
        let style = column.isNumeric ? "number" : "words"
        if index == 0 { return .tag("th", ["scope": "row", "role": "rowheader", "class": style], cell) }
        return .tag("td", ["role": "cell", "class": style, "data-label": column.title], cell)
      })
  }
}
