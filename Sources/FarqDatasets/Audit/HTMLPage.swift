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
    svg text{fill:var(--ink);font-size:11px}svg line{stroke:var(--line)}code{overflow-wrap:anywhere}
    """

  /// `text` with the characters that mean something in HTML replaced.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// A histogram as inline SVG, each bar with its numbers as a tooltip.
  static func histogram(_ summary: LengthSummary, unit: String) -> String {
    let (width, height, left, bottom) = (720.0, 200.0, 44.0, 24.0)
    let counts = summary.histogram.counts + [summary.histogram.longer]
    let largest = max(counts.max() ?? 1, 1)
    let step = (width - left) / Double(counts.count)
    var parts = ["<svg viewBox=\"0 0 720 200\" role=\"img\" aria-label=\"Histogram of lengths in \(unit)\">"]
    parts.append("<line x1=\"44\" y1=\"176\" x2=\"720\" y2=\"176\"/>")
    for (bin, count) in counts.enumerated() {
      let tall = (height - bottom - 10) * Double(count) / Double(largest)
      let isLast = bin == counts.count - 1
      let from = bin * summary.histogram.binWidth
      let range = isLast ? "\(from) and more" : "\(from) to \(from + summary.histogram.binWidth - 1)"
      parts.append(
        String(
          format: "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">", left + Double(bin) * step,
          height - bottom - tall, max(step - 1, 0.5), tall) + "<title>\(range) \(unit): \(count)</title></rect>")
    }
    for tick in 0...4 {
      let bin = counts.count * tick / 5
      parts.append(
        String(
          format: "<text x=\"%.1f\" y=\"192\">%d</text>", left + Double(bin) * step, bin * summary.histogram.binWidth))
    }
    parts.append("<text x=\"0\" y=\"14\">\(largest)</text><text x=\"0\" y=\"176\">0</text></svg>")
    return parts.joined()
  }
}
