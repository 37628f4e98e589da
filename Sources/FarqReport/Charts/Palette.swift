/// The colours of the models: eight that people with any colour vision tell apart (after Okabe and Ito 2008,
/// darkened or lightened for contrast), and dash patterns, so that colour is never the only difference.
enum Palette {
  /// How many colours there are.
  static let count = 8

  /// The class of the style sheet for the nth model.
  static func style(_ index: Int) -> String {
    "s\(index % count)"
  }

  /// The dash pattern of the nth model; nil for an unbroken line.
  static func dashes(_ index: Int) -> String? {
    let patterns: [String?] = [nil, "7 3", "2.5 2.5", "9 3 2 3", "12 3", "4 2 1 2", "5 5", "1 3"]
    return patterns[(index % count + index / count) % patterns.count]
  }

  /// A short stroke in the style of the nth model, for legends and tables.
  static func swatch(_ index: Int) -> Markup {
    .tag(
      "svg", ["xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 26 10", "class": "swatch", "aria-hidden": "true"],
      stroke(index, "M1 5 H25"))
  }

  /// A line in the style of the nth model.
  static func stroke(_ index: Int, _ path: String) -> Markup {
    if let dashes = dashes(index) {
      return .tag("path", ["class": "line \(style(index))", "d": path, "stroke-dasharray": dashes])
    }
    return .tag("path", ["class": "line \(style(index))", "d": path])
  }
}
