/// The most confident mistakes of each model, with their text from right to left.
struct MistakesSection: Sendable {
  /// The report.
  let report: RunReport
  /// How many are shown of each model.
  private let shown = 8
  /// How many scalars of a text are shown.
  private let textLimit = 360

  /// The section; nothing where no model has a mistake.
  var markup: Markup {
    let blocks = StyledModel.firsts(of: report).filter { !$0.model.mistakes.isEmpty }.map(block)
    guard !blocks.isEmpty else { return .empty }
    return PageParts.section("mistakes", "Most confident mistakes", blocks)
  }

  private func block(_ entry: StyledModel) -> Markup {
    let items = entry.model.mistakes.prefix(shown).map(item)
    return .tag(
      "div", ["class": "mistakes"], .tag("h3", [:], entry.name), .tag("ol", [:], items))
  }

  private func item(_ mistake: Mistake) -> Markup {
    let verdict = Markup.tag(
      "p", ["class": "verdict"],
      .tag("span", ["class": "probability"], Markup(Formatted.percent(mistake.probability, 1))), " sure of ",
      PageParts.label(mistake.predicted), ", but it is ", PageParts.label(mistake.target),
      .tag("span", ["class": "source"], .tag("bdi", [:], Markup(mistake.id ?? ""))))
    return .tag(
      "li", [:], verdict, .tag("p", ["class": "text", "dir": "rtl", "lang": "ar"], Markup(excerpt(mistake.text))))
  }

  /// The beginning of a text, cut after a word.
  private func excerpt(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > textLimit else { return text }
    let head = scalars.prefix(textLimit)
    let end = head.lastIndex { $0.properties.isWhitespace } ?? head.endIndex
    return String(String.UnicodeScalarView(head[..<end])) + " …"
  }
}
