/// Lines over a horizontal axis of numbers: learning curves, λ.
struct LineChart: Sendable {
  /// The drawing area; its description is made from the data.
  var frame: ChartFrame
  /// The title of the horizontal axis.
  var xTitle: String
  /// The title of the vertical axis.
  var yTitle: String
  /// Whether the vertical axis is in percent.
  var percent = false
  /// Numbers that the vertical axis holds in any case.
  var including: [Double] = []
  /// The lines.
  var series: [ChartSeries]
  /// Whether each point has a dot (few points).
  var dots = false

  /// The chart.
  var markup: Markup {
    let drawn = series.map { $0.thinned(to: 160) }
    let points = drawn.flatMap(\.points).filter(\.y.isFinite)
    var frame = frame
    frame.description = description
    let x = LinearScale(
      points.map(\.x), limits: limits(points.map(\.x)), from: frame.minX, to: frame.maxX, tickCount: 5,
      wholeTicks: true)
    let y = LinearScale(points.map(\.y), including: including, from: frame.maxY, to: frame.minY)
    var content = frame.verticalAxis(y, title: yTitle, percent: percent)
    content += frame.horizontalAxis(x, title: xTitle)
    for line in drawn { content += marks(line, x, y) }
    return frame.drawing(content)
  }

  /// The axis of x ends where the data end.
  private func limits(_ values: [Double]) -> ClosedRange<Double>? {
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    return low...high
  }

  private func marks(_ line: ChartSeries, _ x: LinearScale, _ y: LinearScale) -> [Markup] {
    var path = ""
    var pen = false
    var marks: [Markup] = []
    let finite = line.points.filter(\.y.isFinite)
    for point in line.points {
      guard point.y.isFinite else {
        pen = false
        continue
      }
      path += "\(pen ? "L" : "M")\(frame.number(x.position(point.x))) \(frame.number(y.position(point.y)))"
      pen = true
    }
    if finite.count > 1 { marks.append(Palette.stroke(line.style, path)) }
    for point in finite {
      let isMarked = line.marked == point.x
      guard dots || isMarked || finite.count == 1 else { continue }
      marks.append(
        .tag(
          "circle",
          [
            "class": "\(isMarked ? "mark" : "dot") \(Palette.style(line.style))", "r": isMarked ? "5.5" : "3.2",
            "cx": frame.number(x.position(point.x)), "cy": frame.number(y.position(point.y)),
          ]))
    }
    return marks
  }

  /// First, last and best of each line, in words.
  private var description: String {
    let sentences = series.map { line in
      let finite = line.points.filter(\.y.isFinite)
      guard let first = finite.first, let last = finite.last else { return "\(line.name): no data." }
      let low = finite.map(\.y).min() ?? .nan
      let high = finite.map(\.y).max() ?? .nan
      return "\(line.name): from \(value(first.y)) at \(Formatted.short(first.x)) to \(value(last.y)) at "
        + "\(Formatted.short(last.x)), lowest \(value(low)), highest \(value(high))."
    }
    return "\(yTitle) over \(xTitle). " + sentences.joined(separator: " ")
  }

  private func value(_ number: Double) -> String {
    percent ? Formatted.percent(number) : Formatted.short(number)
  }
}
