/// The attention maps of one head.
struct AttentionPart: Sendable {
  let report: ExplanationReport
  let text: ExplainedText
  private let shown: ShownTokens

  private static let pairLimit = 12

  init(report: ExplanationReport, text: ExplainedText) {
    self.report = report
    self.text = text
    shown = ShownTokens(report.tokens)
  }

  private var head: HeadReport { report.head }

  /// The section.
  var markup: Markup {
    PageParts.section(
      "attention", "Attention of \(report.hasDecoder ? "the encoder’s " : "")layer \(head.layer), head \(head.head)",
      [
        PageParts.paragraph(head.summary), PageParts.paragraph(reading),
        .tag("div", ["class": "maps"], figures), pairs,
      ])
  }

  private var reading: String {
    var words =
      "A row is a token that looks, a column a token that it looks at; columns run "
      + "\(text.isRightToLeft ? "from right to left" : "from left to right"), as the text. "
    if head.second != nil { words += "Squares are positive weights, circles negative ones. " }
    guard shown.isPart else { return words }
    let rows = shown.of(head.first).map { $0.reduce(0, +) }
    let share = rows.reduce(0, +) / Double(max(rows.count, 1))
    return words + "Of \(shown.total) tokens the \(shown.places.count) with the strongest attribution are shown; "
      + "on average their columns hold \(Formatted.percent(share, 0)) of the first map’s weight."
  }

  private var figures: [Markup] {
    let first = shown.of(head.first)
    guard let second = head.second.map(shown.of) else {
      return [figure("map", "Attention: softmax(q kᵀ/√d)", first, maximum(first))]
    }
    let difference = shown.of(head.combined)
    let both = max(maximum(first), maximum(second))
    return [
      figure("first", "First map", first, both), figure("second", "Second map", second, both),
      figure("difference", "Difference: first − \(lambda) · second", difference, maximum(difference)),
    ]
  }

  private var lambda: String {
    switch head.lambda.count {
    case 0: "λ"
    case 1: Formatted.fixed(head.lambda[0], 3)
    default: "λ(token)"
    }
  }

  private func maximum(_ values: [[Double]]) -> Double {
    values.joined().lazy.map(abs).max() ?? 0
  }

  private func figure(_ id: String, _ title: String, _ values: [[Double]], _ maximum: Double) -> Markup {
    let chart = AttentionChart(
      id: "map-\(id)", title: title, tokens: shown.places.map { text.tokenNames[$0] }, values: values,
      maximum: maximum, isRightToLeft: text.isRightToLeft)
    let scroll = Markup.tag(
      "div",
      [
        "class": "scroll", "dir": text.isRightToLeft ? "rtl" : "ltr", "role": "region", "aria-label": title,
        "tabindex": "0",
      ], chart.markup)
    return PageParts.figure(
      Markup(title), scroll, PageParts.paragraph("Deepest shade: \(Formatted.fixed(maximum, 3)).", style: "note key"))
  }

  /// The strongest weights in numbers.
  private var pairs: Markup {
    let values = shown.of(head.combined)
    let cells = values.indices.flatMap { row in values[row].indices.map { (row: row, column: $0) } }
      .sorted { abs(values[$0.row][$0.column]) > abs(values[$1.row][$1.column]) }
    let (first, second) = (shown.of(head.first), head.second.map(shown.of))
    let rows = cells.prefix(Self.pairLimit).map { cell in
      [name(cell.row), name(cell.column), number(first, cell)]
        + (second.map { [number($0, cell), number(values, cell)] } ?? [])
    }
    let words: [PageTable.Column] = [
      .init(title: "Token", isNumeric: false), .init(title: "Looks at", isNumeric: false),
    ]
    let numbers = head.second == nil ? ["Weight"] : ["First", "Second", "Difference"]
    let table = PageTable(
      caption: "The strongest weights", columns: words + numbers.map { .init(title: $0) }, rows: Array(rows))
    return PageParts.details("The strongest weights in numbers", table.markup)
  }

  private func name(_ place: Int) -> Markup {
    .tag("bdi", ["class": "word"], Markup(text.tokenNames[shown.places[place]]))
  }

  private func number(_ values: [[Double]], _ cell: (row: Int, column: Int)) -> Markup {
    Markup(Formatted.fixed(values[cell.row][cell.column], 3))
  }
}
