/// How many columns of a terminal (or average letters of a drawing) a text takes.
public enum TextWidth {
  /// The columns of `text`: 0 for marks and invisible characters, 2 for wide East Asian ones and emoji, else 1.
  public static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// `text` cut to `limit` columns, the last of them an ellipsis where something was cut.
  public static func cut(_ text: String, to limit: Int) -> String {
    guard columns(text) > limit else { return text }
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in text.unicodeScalars {
      let width = columns(scalar)
      if used + width > limit - 1 { break }
      used += width
      result.append(scalar)
    }
    return String(result) + "…"
  }

  /// The columns of one scalar.
  static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
