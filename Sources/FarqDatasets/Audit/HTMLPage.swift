import Foundation

/// The parts of the audit's page that are not about the audit.
enum HTMLPage {
  /// Colours for light and dark screens and the layout.
  static let style = """
    :root{color-scheme:light dark;--ink:#1d2433;--page:#fff;--line:#d5dae3;--bar:#3d6fb4;--warn:#8a4b00}
    @media (prefers-color-scheme:dark){:root{--ink:#e4e8f0;--page:#14171d;--line:#394152;--bar:#78a6e6;--warn:#f0b765}}
    body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:0}
    main{max-width:60rem;margin:0 auto;padding:1.5rem}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}
    table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;
    text-align:start;position:relative;overflow-wrap:anywhere}td span{position:relative}
    .bar{position:absolute!important;inset-block:.25rem;inset-inline-start:0;background:var(--bar);opacity:.25}
    .warning{color:var(--warn)}svg{width:100%;height:auto}svg rect{fill:var(--bar)}
    svg text{fill:var(--ink);font-size:11px}svg line{stroke:var(--line)}svg .limit{stroke:var(--warn);stroke-dasharray:4}code{overflow-wrap:anywhere}
    .scroll{overflow-x:auto}
    @media(max-width:40rem){main{padding:1rem}svg text{font-size:20px}th,td{padding:.3rem .25rem}}
    """

  /// `text` with the characters that mean something in HTML replaced.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// A table that can be moved sideways where the screen is narrow.
  static func table(_ rows: String) -> String {
    "<div class=\"scroll\"><table>\(rows)</table></div>"
  }

  /// A histogram as inline SVG, each bar with its numbers as a tooltip, and a line at the limit.
  static func histogram(_ summary: LengthSummary, unit: String) -> String {
    let (width, height, left, bottom) = (720.0, 200.0, 64.0, 24.0)
    let histogram = summary.histogram
    let counts = histogram.counts + [histogram.longer]
    let largest = max(counts.max() ?? 1, 1)
    let step = (width - left) / Double(counts.count)
    var parts = ["<svg viewBox=\"0 0 720 200\" role=\"img\" aria-label=\"Histogram of lengths in \(unit)\">"]
    parts.append("<line x1=\"64\" y1=\"176\" x2=\"720\" y2=\"176\"/>")
    for (bin, count) in counts.enumerated() {
      let tall = (height - bottom - 20) * Double(count) / Double(largest)
      let from = bin * histogram.binWidth
      let range = bin == counts.count - 1 ? "\(from) and more" : "\(from) to \(from + histogram.binWidth - 1)"
      parts.append(
        String(
          format: "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">", left + Double(bin) * step,
          height - bottom - tall, max(step - 1, 0.5), tall) + "<title>\(range) \(unit): \(count)</title></rect>")
    }
    parts += ticks(counts.count, binWidth: histogram.binWidth, left: left, step: step)
    parts.append("<text x=\"0\" y=\"20\">\(largest)</text><text x=\"0\" y=\"176\">0</text>")
    parts.append(limitLine(summary, left: left, step: step, bins: counts.count) + "</svg>")
    return parts.joined()
  }

  private static func ticks(_ bins: Int, binWidth: Int, left: Double, step: Double) -> [String] {
    (0...4).map { tick in
      let bin = bins * tick / 5
      return String(format: "<text x=\"%.1f\" y=\"196\">%d</text>", left + Double(bin) * step, bin * binWidth)
    }
  }

  private static func limitLine(_ summary: LengthSummary, left: Double, step: Double, bins: Int) -> String {
    guard let limit = summary.limit, limit < (bins - 1) * summary.histogram.binWidth else { return "" }
    let place = left + Double(limit) / Double(summary.histogram.binWidth) * step
    return String(
      format: "<line class=\"limit\" x1=\"%.1f\" y1=\"4\" x2=\"%.1f\" y2=\"176\"/><text x=\"%.1f\" y=\"20\">%d</text>",
      place, place, place + 6, limit)
  }
}
