import Foundation

/// An attention map: a row a token that looks, a column a token that is looked at. Columns run in the direction of the
/// text; positive weights are squares, negative ones circles.
struct AttentionChart: Sendable {
  /// The identifier, unique in the page.
  var id: String
  /// What the map is.
  var title: String
  /// The tokens as a reader knows them.
  var tokens: [String]
  /// The weights, a row a token.
  var values: [[Double]]
  /// The weight of the strongest shade.
  var maximum: Double
  /// Whether columns run from right to left.
  var isRightToLeft: Bool

  private static let cell = 18.0
  private static let shades = 16
  /// How steeply column labels rise, in degrees: steep enough that tall Arabic letters of neighbours stay apart.
  private static let slant = 60.0

  /// The chart.
  var markup: Markup {
    let frame = layout
    var content = [background(frame)]
    content += (1...Self.shades).compactMap { cells(frame, shade: $0) }
    content += (1...Self.shades).compactMap { cells(frame, shade: -$0) }
    for index in tokens.indices {
      content.append(rowLabel(index, frame))
      content.append(columnLabel(index, frame))
    }
    return .tag("div", ["class": "map", "style": "inline-size:\(frame.number(frame.width))px"], frame.drawing(content))
  }

  private var layout: ChartFrame {
    let longest = tokens.map { min(TextWidth.columns($0), Self.labelLength) }.max() ?? 0
    let room = Double(longest) * 6.2 + 12
    let side = Self.cell * Double(tokens.count)
    var frame = ChartFrame(id: id, title: title, description: description)
    // Column labels rise aslant, away from the row labels.
    let slope = room * 0.52
    frame.left = isRightToLeft ? slope : room
    frame.right = isRightToLeft ? room : slope
    frame.top = room * 0.88
    frame.bottom = 4
    frame.width = frame.left + side + frame.right
    frame.height = frame.top + side + frame.bottom
    return frame
  }

  private static let labelLength = 13

  /// The left edge of a token's column.
  private func x(_ column: Int, _ frame: ChartFrame) -> Double {
    let place = isRightToLeft ? tokens.count - 1 - column : column
    return frame.minX + Double(place) * Self.cell
  }

  private func background(_ frame: ChartFrame) -> Markup {
    .tag(
      "rect",
      [
        "class": "ground", "x": frame.number(frame.minX), "y": frame.number(frame.minY),
        "width": frame.number(frame.maxX - frame.minX), "height": frame.number(frame.maxY - frame.minY), "rx": "3",
      ])
  }

  /// All cells of one shade as one path; nil where there is none.
  private func cells(_ frame: ChartFrame, shade: Int) -> Markup? {
    var path = ""
    for (row, line) in values.enumerated() {
      for (column, value) in line.enumerated() where self.shade(value) == shade {
        path += outline(x(column, frame), frame.minY + Double(row) * Self.cell, isNegative: shade < 0, frame)
      }
    }
    guard !path.isEmpty else { return nil }
    let opacity = Double(abs(shade)) / Double(Self.shades)
    return .tag(
      "path", ["class": shade < 0 ? "less" : "cell", "fill-opacity": frame.number(0.04 + 0.96 * opacity), "d": path])
  }

  private func outline(_ x: Double, _ y: Double, isNegative: Bool, _ frame: ChartFrame) -> String {
    let size = Self.cell
    if isNegative {
      let radius = size / 2 - 1.5
      return "M\(frame.number(x + 1.5)) \(frame.number(y + size / 2))"
        + "a\(radius) \(radius) 0 1 0 \(2 * radius) 0a\(radius) \(radius) 0 1 0 \(-2 * radius) 0z"
    }
    let side = frame.number(size - 1)
    return "M\(frame.number(x + 0.5)) \(frame.number(y + 0.5))h\(side)v\(side)h-\(side)z"
  }

  /// A power below 1 lifts what is weak: one token often draws most of the weight.
  private func shade(_ value: Double) -> Int {
    guard maximum > 0, value.isFinite else { return 0 }
    let share = pow(min(abs(value) / maximum, 1), 0.7)
    return Int((share * Double(Self.shades)).rounded()) * (value < 0 ? -1 : 1)
  }

  private func rowLabel(_ index: Int, _ frame: ChartFrame) -> Markup {
    let y = frame.minY + (Double(index) + 0.5) * Self.cell + 4
    return isRightToLeft
      ? frame.text(label(index), frame.maxX + 6, y, anchor: "start")
      : frame.text(label(index), frame.minX - 6, y, anchor: "end")
  }

  private func columnLabel(_ index: Int, _ frame: ChartFrame) -> Markup {
    let place = (x(index, frame) + Self.cell / 2, frame.minY - 6)
    return .tag(
      "text",
      [
        "class": "tick", "x": frame.number(place.0), "y": frame.number(place.1),
        "text-anchor": isRightToLeft ? "end" : "start",
        "transform":
          "rotate(\(frame.number(isRightToLeft ? Self.slant : -Self.slant)) \(frame.number(place.0)) \(frame.number(place.1)))",
      ], Markup(label(index)))
  }

  /// The token within isolating marks, so that its direction moves nothing around it.
  private func label(_ index: Int) -> String {
    "\u{2068}\(TextWidth.cut(tokens[index], to: Self.labelLength))\u{2069}"
  }

  private var description: String {
    "\(tokens.count) tokens by \(tokens.count). The strongest weights stand in the table below."
  }
}
