/// A reliability diagram: the share of right answers over the confidence; a calibrated model is on the diagonal.
struct ReliabilityChart: Sendable {
  /// The identifier, unique in the page.
  var id: String
  /// The model's name.
  var model: String
  /// The place in the palette.
  var style: Int
  /// The bins.
  var bins: [ReliabilityBin]

  /// The chart.
  var markup: Markup {
    var frame = ChartFrame(id: id, title: "Reliability of \(model)", description: description)
    frame.height = 280
    let x = LinearScale([0, 1], from: frame.minX, to: frame.maxX)
    let y = LinearScale([0, 1], from: frame.maxY, to: frame.minY)
    var content = frame.verticalAxis(y, title: "right answers", percent: true)
    content += frame.horizontalAxis(x, title: "confidence", percent: true)
    content.append(frame.line("diagonal", frame.minX, frame.maxY, frame.maxX, frame.minY))
    let most = Double(bins.map(\.count).max() ?? 0)
    for bin in bins where bin.count > 0 && bin.accuracy.isFinite && bin.upper > bin.lower {
      content += bar(bin, most, frame, x, y)
    }
    return frame.drawing(content)
  }

  /// A bar as high as the accuracy, a dot at (confidence, accuracy) as large as the share of documents.
  private func bar(
    _ bin: ReliabilityBin, _ most: Double, _ frame: ChartFrame, _ x: LinearScale, _ y: LinearScale
  ) -> [Markup] {
    let top = y.position(bin.accuracy)
    let radius = 2.5 + 5 * (Double(bin.count) / max(most, 1)).squareRoot()
    let rectangle = Markup.tag(
      "rect",
      [
        "class": "bar \(Palette.style(style))", "x": frame.number(x.position(bin.lower) + 0.75),
        "y": frame.number(top), "width": frame.number(max(x.position(bin.upper) - x.position(bin.lower) - 1.5, 0.5)),
        "height": frame.number(max(frame.maxY - top, 0)),
      ])
    let dot = Markup.tag(
      "circle",
      [
        "class": "dot \(Palette.style(style))", "cx": frame.number(x.position(bin.confidence)),
        "cy": frame.number(top), "r": frame.number(radius),
      ])
    return [rectangle, dot]
  }

  private var description: String {
    let filled = bins.filter { $0.count > 0 }
    let words = filled.map {
      "\(Formatted.percent($0.confidence, 0)) confidence: \(Formatted.percent($0.accuracy, 0)) right, \($0.count) documents"
    }
    return filled.isEmpty
      ? "No predictions." : "Share of right answers by confidence. " + words.joined(separator: "; ") + "."
  }
}
