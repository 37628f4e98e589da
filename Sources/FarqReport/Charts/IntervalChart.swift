/// Differences with their 95 % intervals around zero, a row a comparison (a forest plot).
struct IntervalChart: Sendable {
  /// One row.
  struct Row: Sendable {
    /// What is compared.
    var label: String
    /// The difference.
    var value: Double
    /// Its interval.
    var interval: ConfidenceInterval
    /// The place in the palette.
    var style: Int
  }

  /// The identifier, unique in the page.
  var id: String
  /// The title.
  var title: String
  /// The title of the axis.
  var xTitle: String
  /// The factor from values to the axis (100 for percentage points).
  var factor = 1.0
  /// The rows from top to bottom.
  var rows: [Row]

  /// The chart: each row's label stands above its interval, so that long names have room.
  var markup: Markup {
    var frame = ChartFrame(id: id, title: title, description: description)
    frame.left = 16
    frame.right = 18
    frame.height = Double(rows.count) * 44 + 12 + frame.bottom
    let ends = rows.flatMap { [$0.value, $0.interval.lower, $0.interval.upper].map { $0 * factor } }
    let x = LinearScale(ends, including: [0], from: frame.minX, to: frame.maxX, tickCount: 6)
    var content = frame.horizontalAxis(x, title: xTitle, grid: true)
    for (index, row) in rows.enumerated() {
      content += marks(row, frame, x, frame.top + Double(index) * 44)
    }
    return frame.drawing(content)
  }

  private func marks(_ row: Row, _ frame: ChartFrame, _ x: LinearScale, _ top: Double) -> [Markup] {
    let y = top + 29
    let label = frame.text(TextWidth.cut(row.label, to: 46), frame.minX, top + 12, anchor: "start", style: "tick halo")
    // The line of zero leaves the label's height free.
    var marks = [label, frame.line("zero", x.position(0), y - 12, x.position(0), y + 15)]
    guard row.value.isFinite else { return marks }
    if row.interval.lower.isFinite, row.interval.upper.isFinite {
      let from = x.position(row.interval.lower * factor)
      let to = x.position(row.interval.upper * factor)
      let style = "whisker \(Palette.style(row.style))"
      marks += [
        frame.line(style, from, y, to, y), frame.line(style, from, y - 5, from, y + 5),
        frame.line(style, to, y - 5, to, y + 5),
      ]
    }
    marks.append(
      .tag(
        "circle",
        [
          "class": "dot \(Palette.style(row.style))", "r": "5", "cx": frame.number(x.position(row.value * factor)),
          "cy": frame.number(y),
        ]))
    return marks
  }

  private var description: String {
    let words = rows.map {
      "\($0.label): \(Formatted.signed($0.value * factor, 2)), from \(Formatted.signed($0.interval.lower * factor, 2)) to "
        + "\(Formatted.signed($0.interval.upper * factor, 2))."
    }
    return "\(xTitle), with 95 % intervals. " + words.joined(separator: " ")
  }
}
