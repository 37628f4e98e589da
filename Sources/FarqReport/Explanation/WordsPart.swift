/// The words that spoke for and against the label, in the text and by strength.
struct WordsPart: Sendable {
  let report: ExplanationReport
  let text: ExplainedText

  private static let tableLimit = 10
  private static let restLimit = 600
  private static let shades = 5

  /// The section.
  var markup: Markup {
    let label = PageParts.label(report.label)
    let columns = Markup.tag(
      "div", ["class": "columns"],
      table("For", words.filter { $0.sum > 0 }), table("Against", words.filter { $0.sum < 0 }.reversed()))
    let title = Markup.tag(
      "h2", ["id": "words-heading"], Markup("What spoke for and against "), label)
    return .tag(
      "section", ["id": "words", "aria-labelledby": "words-heading"], title, legend,
      .tag("p", ["class": "text explained", "dir": text.isRightToLeft ? "rtl" : "ltr"], marked + rest), cut, columns,
      method)
  }

  private var strongest: Double { text.pieces.compactMap { $0.attribution.map(abs) }.max() ?? 0 }

  private var marked: [Markup] {
    let strongest = strongest
    return text.pieces.map { piece in
      guard let value = piece.attribution, strongest > 0 else { return Markup(piece.text) }
      let shade = Int((abs(value) / strongest * Double(Self.shades)).rounded(.up))
      guard abs(value) / strongest >= 0.03 else { return Markup(piece.text) }
      return .tag(
        "mark", ["class": "\(value > 0 ? "for" : "against") k\(shade)", "title": Formatted.signed(value, 3)],
        Markup(piece.text))
    }
  }

  private var rest: [Markup] {
    guard !text.rest.isEmpty else { return [] }
    let scalars = text.rest.unicodeScalars
    let shown = String(scalars.prefix(Self.restLimit)) + (scalars.count > Self.restLimit ? "…" : "")
    return [.tag("span", ["class": "unread"], Markup(shown))]
  }

  private var cut: Markup {
    guard report.tokenCount > report.tokens.count else { return .empty }
    return PageParts.paragraph(
      "The model read the first \(Formatted.integer(report.tokens.count)) of \(Formatted.integer(report.tokenCount)) "
        + "tokens; the pale text had no part in the label.")
  }

  private var legend: Markup {
    .tag(
      "p", ["class": "note"], .tag("mark", ["class": "for k4"], "for"), " ",
      .tag("mark", ["class": "against k4"], "against (dashed)"),
      " – the deeper the shade, the more a word moved the label’s log-odds.")
  }

  /// Words of like spelling together, the strongest first.
  private var words: [(text: String, count: Int, sum: Double)] {
    var sums: [String: (count: Int, sum: Double)] = [:]
    for piece in text.pieces {
      guard let value = piece.attribution else { continue }
      sums[piece.text, default: (0, 0)].count += 1
      sums[piece.text, default: (0, 0)].sum += value
    }
    return sums.map { (text: $0.key, count: $0.value.count, sum: $0.value.sum) }
      .sorted { ($0.sum, $1.text) > ($1.sum, $0.text) }
  }

  private func table(_ title: String, _ words: [(text: String, count: Int, sum: Double)]) -> Markup {
    let largest = self.words.map { abs($0.sum) }.max() ?? 0
    let rows = words.prefix(Self.tableLimit).map { word in
      [
        Markup.tag("bdi", ["class": "word"], Markup(word.text))
          + (word.count > 1 ? .tag("span", ["class": "times"], Markup(" ×\(word.count)")) : .empty),
        Markup(Formatted.signed(word.sum, 3)),
        AmountBar(share: largest > 0 ? abs(word.sum) / largest : 0, isFor: word.sum > 0).markup,
      ]
    }
    guard !rows.isEmpty else {
      return .tag("div", [:], .tag("h3", [:], Markup(title)), PageParts.paragraph("Nothing."))
    }
    let columns: [PageTable.Column] = [
      .init(title: title, isNumeric: false), .init(title: "log-odds"), .init(title: "", isNumeric: false),
    ]
    return PageTable(caption: "Words \(title.lowercased()) the label", columns: columns, rows: Array(rows)).markup
  }

  private var method: Markup {
    let record = report.attribution
    let ends = report.tokens.filter { $0.start == $0.end }.reduce(0) { $0 + $1.attribution }
    let difference = record.logOdds - record.neutralLogOdds
    let words =
      "Method: \(record.method), \(record.points) points, over the word embeddings; from the text with every word piece "
      + "replaced by \(record.neutralToken) (log-odds \(Formatted.signed(record.neutralLogOdds, 3))) to the text itself "
      + "(\(Formatted.signed(record.logOdds, 3))). Completeness: the attributions add up to "
      + "\(Formatted.signed(record.sum, 3)), the log-odds rose by \(Formatted.signed(difference, 3)); "
      + "the integral is off by \(Formatted.fixed(record.error, 4)). "
      + "[CLS] and [SEP] are the same in both texts and count \(Formatted.fixed(ends, 3))."
    return PageParts.paragraph(words)
  }
}
