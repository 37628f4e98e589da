/// What all charts share: the drawing area, its margins, axes with ticks, and the words for who cannot see it.
struct ChartFrame: Sendable {
  /// The identifier that ties the title and the description to the drawing; unique in a page.
  var id: String
  /// The chart's title.
  var title: String
  /// The text alternative: what the chart shows, in words and numbers.
  var description: String
  /// The width of the drawing in its own units.
  var width = 360.0
  /// The height of the drawing in its own units.
  var height = 236.0
  /// Room on the left for labels.
  var left = 60.0
  /// Room on the right.
  var right = 20.0
  /// Room at the top.
  var top = 12.0
  /// Room at the bottom for labels.
  var bottom = 44.0

  /// The left edge of the data area.
  var minX: Double { left }
  /// The right edge of the data area.
  var maxX: Double { width - right }
  /// The top edge of the data area.
  var minY: Double { top }
  /// The bottom edge of the data area.
  var maxY: Double { height - bottom }

  /// The drawing with its content.
  func drawing(_ content: [Markup]) -> Markup {
    let titleElement = Markup.tag("title", ["id": "\(id)-title"], Markup(title))
    let descriptionElement = Markup.tag("desc", ["id": "\(id)-desc"], Markup(description))
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc", "class": "chart",
      ], [titleElement, descriptionElement] + content)
  }

  /// Horizontal grid lines with their labels, and the axis title upright at the left.
  func verticalAxis(_ scale: LinearScale, title: String, percent: Bool = false) -> [Markup] {
    var marks: [Markup] = []
    for tick in scale.ticks {
      let y = scale.position(tick)
      marks.append(line("grid", minX, y, maxX, y))
      marks.append(text(scale.label(tick, percent: percent), minX - 7, y + 4, anchor: "end"))
    }
    let middle = (minY + maxY) / 2
    // One letter needs no turning.
    let turned = title.unicodeScalars.count > 1 ? "rotate(-90 12 \(number(middle)))" : "rotate(0)"
    marks.append(
      .tag(
        "text", ["class": "axis", "x": "12", "y": number(middle), "text-anchor": "middle", "transform": turned],
        Markup(title)))
    return marks
  }

  /// The base line with ticks and labels, and the axis title below.
  func horizontalAxis(_ scale: LinearScale, title: String, percent: Bool = false, grid: Bool = false) -> [Markup] {
    var marks: [Markup] = [line("base", minX, maxY, maxX, maxY)]
    for tick in scale.ticks {
      let x = scale.position(tick)
      marks.append(grid ? line("grid", x, minY, x, maxY) : line("base", x, maxY, x, maxY + 4))
      marks.append(text(scale.label(tick, percent: percent), x, maxY + 18, anchor: "middle"))
    }
    marks.append(
      .tag(
        "text",
        ["class": "axis", "x": number((minX + maxX) / 2), "y": number(height - 6), "text-anchor": "middle"],
        Markup(title)))
    return marks
  }

  /// A straight line of a class of the style sheet.
  func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Markup {
    .tag("line", ["class": style, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)])
  }

  /// A label at a position.
  func text(_ label: String, _ x: Double, _ y: Double, anchor: String, style: String = "tick") -> Markup {
    .tag("text", ["class": style, "x": number(x), "y": number(y), "text-anchor": anchor], Markup(label))
  }

  /// A coordinate: two decimals at most.
  func number(_ value: Double) -> String {
    Self.number(value)
  }

  /// A coordinate: two decimals at most; NaN cannot occur in a drawing and would be 0.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let whole = hundredths / 100
    let rest = abs(hundredths % 100)
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    if rest == 0 { return "\(whole)" }
    let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
    return "\(sign)\(whole).\(digits)"
  }
}
