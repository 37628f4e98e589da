/// The small pieces that sections are made of.
enum PageParts {
  /// A whole page, well-formed as HTML and as XML, that needs no script, no network and no other file.
  static func document(_ title: String, styles: [StaticString], _ body: Markup) -> String {
    let head = Markup.tag(
      "head", [:],
      [
        .tag("meta", ["charset": "utf-8"]),
        .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .tag("meta", ["name": "color-scheme", "content": "light dark"]),
        .tag(
          "meta",
          ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"]),
        .tag("title", [:], Markup("\(title) · Farq")),
      ] + styles.map { .style($0) })
    let page = Markup.tag("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"], head, body)
    return "<!DOCTYPE html>\n\(page.source)\n"
  }

  /// A section with its heading.
  static func section(_ id: String, _ title: String, _ content: [Markup]) -> Markup {
    .tag(
      "section", ["id": id, "aria-labelledby": "\(id)-heading"],
      [.tag("h2", ["id": "\(id)-heading"], Markup(title))] + content)
  }

  /// The identifier of a section, or of one of several alike: letters and digits of `suffix` stay, others become
  /// their numbers, so that no two are alike.
  static func identifier(_ section: String, _ suffix: String) -> String {
    guard !suffix.isEmpty else { return section }
    return section + "-"
      + suffix.unicodeScalars.map { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-": String(scalar)
        default: "_\(scalar.value)_"
        }
      }.joined()
  }

  /// A paragraph.
  static func paragraph(_ text: String, style: String = "note") -> Markup {
    .tag("p", ["class": style], Markup(text))
  }

  /// A drawing under its title, with an addition such as a table behind it.
  static func figure(_ title: Markup, _ drawing: Markup, _ addition: Markup = .empty) -> Markup {
    .tag("figure", [:], .tag("figcaption", [:], title), drawing, addition)
  }

  /// Figures side by side where there is room.
  static func grid(_ figures: [Markup]) -> Markup {
    .tag("div", ["class": "grid"], figures)
  }

  /// The models in their colours.
  static func legend(_ models: [(name: String, style: Int)]) -> Markup {
    .tag(
      "ul", ["class": "legend"],
      models.map { .tag("li", [:], Palette.swatch($0.style), .tag("bdi", [:], Markup($0.name))) })
  }

  /// A name in its colour.
  static func name(_ name: String, style: Int) -> Markup {
    Palette.swatch(style) + .tag("bdi", [:], Markup(name))
  }

  /// A label, kept apart from the direction of the text around it.
  static func label(_ label: String) -> Markup {
    .tag("bdi", ["class": "label"], Markup(label))
  }

  /// Something behind a line that opens it.
  static func details(_ summary: String, _ content: Markup) -> Markup {
    .tag("details", [:], .tag("summary", [:], Markup(summary)), content)
  }

  /// A list of terms and what they are; entries without a value are left out.
  static func terms(_ entries: [(String, String?)]) -> Markup {
    .tag(
      "dl", [:],
      entries.compactMap { term, value in
        guard let value, !value.isEmpty else { return nil }
        return .tag("div", [:], .tag("dt", [:], Markup(term)), .tag("dd", [:], .tag("bdi", [:], Markup(value))))
      })
  }

  /// An interval as "a to b", or nothing where it is undefined.
  static func interval(_ lower: String, _ upper: String) -> Markup {
    .tag("span", ["class": "interval"], Markup("\(lower) to \(upper)"))
  }
}
