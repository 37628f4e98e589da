/// A confusion matrix: a row a target, a column a predicted label, each cell shaded by its share of the row.
struct ConfusionChart: Sendable {
  /// The identifier, unique in the page.
  var id: String
  /// The model's name.
  var model: String
  /// The labels in order.
  var labels: [String]
  /// The counts, [labels, labels]; missing cells are 0.
  var counts: [[Int]]

  /// The chart.
  var markup: Markup {
    let frame = layout
    let size = cell(frame)
    var content: [Markup] = []
    for (row, label) in labels.enumerated() {
      let total = labels.indices.reduce(0) { $0 + count(row, $1) }
      let y = frame.top + Double(row) * size
      content.append(rowLabel(label, frame, y + size / 2))
      for column in labels.indices {
        let share = total > 0 ? Double(count(row, column)) / Double(total) : 0
        content += square(frame, frame.left + Double(column) * size, y, size, share, count(row, column))
      }
    }
    for (column, label) in labels.enumerated() {
      content.append(columnLabel(label, frame, frame.left + (Double(column) + 0.5) * size))
    }
    content.append(
      frame.text("predicted", (frame.minX + frame.maxX) / 2, frame.height - 4, anchor: "middle", style: "axis"))
    let middle = frame.number((frame.minY + frame.maxY) / 2)
    content.append(
      .tag(
        "text",
        ["class": "axis", "x": "12", "y": middle, "text-anchor": "middle", "transform": "rotate(-90 12 \(middle))"],
        "target"))
    return frame.drawing(content)
  }

  private var layout: ChartFrame {
    let longest = labels.map { TextWidth.columns($0) }.max() ?? 0
    let room = min(max(Double(min(longest, 14)) * 6.6 + 10, 28), 100)
    var frame = ChartFrame(id: id, title: "Confusion matrix of \(model)", description: description)
    frame.left = 20 + room
    frame.right = 8
    frame.top = 4
    frame.bottom = room * 0.72 + 30
    frame.height = frame.width - frame.left - frame.right + frame.top + frame.bottom
    return frame
  }

  private func cell(_ frame: ChartFrame) -> Double {
    (frame.maxX - frame.minX) / Double(max(labels.count, 1))
  }

  private func count(_ row: Int, _ column: Int) -> Int {
    guard counts.indices.contains(row), counts[row].indices.contains(column) else { return 0 }
    return counts[row][column]
  }

  private func square(
    _ frame: ChartFrame, _ x: Double, _ y: Double, _ size: Double, _ share: Double, _ count: Int
  ) -> [Markup] {
    let edges: KeyValuePairs = [
      "class": "cell", "x": frame.number(x + 0.75), "y": frame.number(y + 0.75), "width": frame.number(size - 1.5),
      "height": frame.number(size - 1.5), "rx": "2", "fill-opacity": frame.number(shade(share)),
    ]
    guard count > 0, size >= 13 else { return [.tag("rect", edges)] }
    let style = shade(share) > 0.5 ? "count strong" : "count"
    let font = min(15, size * (count >= 1000 ? 0.3 : 0.38))
    let label = Markup.tag(
      "text",
      [
        "class": style, "x": frame.number(x + size / 2), "y": frame.number(y + size / 2 + font * 0.36),
        "text-anchor": "middle", "font-size": frame.number(font),
      ], Markup("\(count)"))
    return [.tag("rect", edges), label]
  }

  /// Small shares are mistakes and must be seen: the square root lifts them.
  private func shade(_ share: Double) -> Double {
    share <= 0 ? 0.04 : 0.1 + 0.85 * share.squareRoot()
  }

  private func rowLabel(_ label: String, _ frame: ChartFrame, _ y: Double) -> Markup {
    frame.text(TextWidth.cut(label, to: 14), frame.left - 7, y + 4, anchor: "end")
  }

  private func columnLabel(_ label: String, _ frame: ChartFrame, _ x: Double) -> Markup {
    let y = frame.maxY + 13
    return .tag(
      "text",
      [
        "class": "tick", "x": frame.number(x + 4), "y": frame.number(y), "text-anchor": "end",
        "transform": "rotate(-42 \(frame.number(x + 4)) \(frame.number(y)))",
      ], Markup(TextWidth.cut(label, to: 14)))
  }

  /// The share that is right and the three most frequent confusions.
  private var description: String {
    var confusions: [(count: Int, words: String)] = []
    var right = 0
    var total = 0
    for row in labels.indices {
      for column in labels.indices {
        total += count(row, column)
        if row == column { right += count(row, column) }
        guard row != column, count(row, column) > 0 else { continue }
        confusions.append((count(row, column), "\(labels[row]) taken for \(labels[column])"))
      }
    }
    let top = confusions.sorted { ($0.count, $1.words) > ($1.count, $0.words) }.prefix(3)
    let words = top.map { "\($0.words) (\($0.count))" }.joined(separator: ", ")
    return "\(right) of \(total) documents are on the diagonal. "
      + (words.isEmpty ? "No confusions." : "Most frequent confusions: \(words). The table below has every count.")
  }
}
