/// Bars over a numeric axis: how long the documents are.
struct HistogramChart: Sendable {
  /// The identifier, unique in the page.
  var id: String
  /// The title.
  var title: String
  /// The title of the horizontal axis.
  var xTitle: String
  /// The bins in order; the last may be open.
  var bins: [HistogramBin]
  /// A value to mark by an upright line, and its label.
  var limit: (value: Double, label: String)?

  /// The chart.
  var markup: Markup {
    let frame = ChartFrame(id: id, title: title, description: description)
    let closed = bins.filter { $0.lower.isFinite }
    let x = LinearScale(
      closed.flatMap { [$0.lower, upper(of: $0)] }, including: limit.map { [$0.value] } ?? [], from: frame.minX,
      to: frame.maxX)
    let y = LinearScale(closed.map { Double($0.count) }, including: [0], from: frame.maxY, to: frame.minY)
    var content = frame.verticalAxis(y, title: "documents") + frame.horizontalAxis(x, title: xTitle)
    for bin in closed where bin.count > 0 {
      let from = x.position(bin.lower)
      let top = y.position(Double(bin.count))
      content.append(
        .tag(
          "rect",
          [
            "class": "bar s0", "x": frame.number(from + 0.5), "y": frame.number(top),
            "width": frame.number(max(x.position(upper(of: bin)) - from - 1, 0.5)),
            "height": frame.number(max(frame.maxY - top, 0.5)),
          ]))
    }
    if let limit {
      let position = x.position(limit.value)
      let onRight = position < (frame.minX + frame.maxX) / 2
      content.append(frame.line("limit", position, frame.minY, position, frame.maxY))
      content.append(
        frame.text(
          limit.label, position + (onRight ? 6 : -6), frame.minY + 12, anchor: onRight ? "start" : "end",
          style: "tick halo"))
    }
    return frame.drawing(content)
  }

  /// The upper edge; an open bin is drawn as wide as the one before it.
  private func upper(of bin: HistogramBin) -> Double {
    if bin.upper.isFinite { return bin.upper }
    let widths = bins.map { $0.upper - $0.lower }.filter(\.isFinite)
    return bin.lower + (widths.last ?? 1)
  }

  private var description: String {
    let total = bins.map(\.count).reduce(0, +)
    let words = bins.filter { $0.count > 0 }.map {
      let end = $0.upper.isFinite ? "up to \(Formatted.short($0.upper))" : "or more"
      return "\(Formatted.short($0.lower)) \(end): \($0.count)"
    }
    return "\(total) documents by \(xTitle). " + words.joined(separator: "; ") + "."
  }
}
