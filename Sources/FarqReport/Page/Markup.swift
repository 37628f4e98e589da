/// A piece of HTML that is safe by construction: text becomes part of it only escaped.
///
/// The result is well-formed XML as well as HTML, so that any XML reader can check it.
struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The HTML.
  private(set) var source: String

  /// Text, escaped.
  init(_ text: String) {
    source = Self.escaped(text)
  }

  /// Text, escaped.
  init(stringLiteral value: String) {
    self.init(value)
  }

  private init(source: String) {
    self.source = source
  }

  /// Nothing.
  static let empty = Markup(source: "")

  /// Several pieces one after the other.
  static func join(_ pieces: [Markup], separator: Markup = .empty) -> Markup {
    Markup(source: pieces.map(\.source).joined(separator: separator.source))
  }

  /// Two pieces one after the other.
  static func + (left: Markup, right: Markup) -> Markup {
    Markup(source: left.source + right.source)
  }

  /// An element with its attributes (values are escaped) and children.
  static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: Markup...) -> Markup {
    tag(name, attributes, children)
  }

  /// An element with its attributes (values are escaped) and children.
  static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup]) -> Markup {
    var source = "<\(name)"
    for (key, value) in attributes { source += " \(key)=\"\(escaped(value))\"" }
    if children.isEmpty, selfClosing.contains(name) { return Markup(source: source + " />") }
    source += ">"
    for child in children { source += child.source }
    return Markup(source: source + "</\(name)>")
  }

  /// A style sheet of the page's own: the one text that is not escaped.
  static func style(_ sheet: StaticString) -> Markup {
    Markup(source: "<style>\n\(sheet)</style>")
  }

  /// Elements that have no content; others are closed by a tag of their own even where they are empty.
  private static let selfClosing: Set = [
    "meta", "br", "hr", "col", "path", "line", "rect", "circle", "polyline", "use",
  ]

  /// `text` with the characters that mean something in HTML as entities, and those that XML forbids as U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n", "\r": result.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
