/// The marks of a news site that tell the source, not the subject: SANAD's "Title" and "Body" lines, the dateline
/// at the start (`دبي الخليج`, `أخبارنا المغربية - الرباط`, `دبي - العربية.نت`), the agency's letters at the end.
///
/// Names of reporters are left: they cannot be told from names in the news.
public struct SourceMarkers: Sendable, Equatable {
  /// Whether a line holds "Title" or "Body" alone.
  public let hasHeadings: Bool
  /// Whether the text, or the part after "Body", starts with a dateline that names the source.
  public let hasByline: Bool
  /// Whether the text ends with the name of an agency or of the source.
  public let hasCredit: Bool
  /// The text without them; the text itself where there is none.
  public let stripped: String

  /// Whether there is any mark.
  public var isMarked: Bool { hasHeadings || hasByline || hasCredit }

  /// Looks for marks in `text`.
  public init(in text: String) {
    var parts = Self.partsBetweenHeadings(text.unicodeScalars)
    hasHeadings = parts.count > 1
    // The last part is the body; what stands before is the headline.
    let last = parts.count - 1
    let byline = Dateline.length(in: parts[last])
    parts[last] = parts[last].dropFirst(byline)
    let credit = Dateline.creditLength(in: parts[last])
    parts[last] = parts[last].dropLast(credit)
    hasByline = byline > 0
    hasCredit = credit > 0
    guard hasHeadings || hasByline || hasCredit else {
      stripped = text
      return
    }
    stripped = parts.map(Self.trimmed).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The stretches of `text` between lines that hold "Title" or "Body" alone, of which there are looked at only
  /// the first of each, as SANAD's files have them.
  private static func partsBetweenHeadings(_ text: String.UnicodeScalarView) -> [Substring.UnicodeScalarView] {
    var parts: [Substring.UnicodeScalarView] = []
    var wanted: Set = ["title", "body"]
    var start = text.startIndex
    var lineStart = text.startIndex
    while lineStart < text.endIndex, !wanted.isEmpty {
      let end = text[lineStart...].firstIndex(of: "\n") ?? text.endIndex
      let next = end < text.endIndex ? text.index(after: end) : end
      // No heading is longer than ten scalars: nothing else is looked at twice.
      let isShort = text.index(lineStart, offsetBy: 10, limitedBy: end) == nil || end == lineStart
      if isShort, wanted.remove(heading(text[lineStart..<end])) != nil {
        parts.append(text[start..<lineStart])
        start = next
      }
      lineStart = next
    }
    return parts + [text[start...]]
  }

  private static func heading(_ line: Substring.UnicodeScalarView) -> String {
    trimmed(line).lowercased().replacing(":", with: "")
  }

  private static func trimmed(_ part: Substring.UnicodeScalarView) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
    let start = part.firstIndex { !isSpace($0) } ?? part.endIndex
    let end = part.lastIndex { !isSpace($0) }.map { part.index(after: $0) } ?? start
    return String(Substring(part[start..<end]))
  }
}
