import Foundation

/// How names of labels are read, compared and shown.
public enum LabelName {
  /// `name` without the blanks, directional marks and byte order marks around it.
  public static func cleaned(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, isAround(first) || isAround(last) else { return name }
    guard let start = scalars.firstIndex(where: { !isAround($0) }),
      let end = scalars.lastIndex(where: { !isAround($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  /// What is left of a name without letter case, blanks, invisible marks and Unicode form: labels with one skeleton are
  /// likely meant to be one.
  static func skeleton(_ name: String) -> String {
    let folded = name.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCompatibilityMapping
    return String(
      String.UnicodeScalarView(
        folded.unicodeScalars.filter { !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint }))
  }

  /// A name in quotation marks for messages, with what cannot be seen in it as its code.
  static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.map { scalar in
      let isHidden = scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isWhitespace && scalar != " "
      return isHidden || scalar.value < 0x20 ? "<\(code(scalar))>" : String(scalar)
    }
    return "\"\(scalars.joined())\""
  }

  /// The codes in which two names differ, as `U+0623` and `U+0627 U+0654`.
  static func difference(_ one: String, _ other: String) -> (String, String) {
    let (first, second) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    let start = zip(first, second).prefix { $0 == $1 }.count
    let end = zip(first[start...].reversed(), second[start...].reversed()).prefix { $0 == $1 }.count
    let codes = { (scalars: [Unicode.Scalar]) in
      let middle = scalars[start..<scalars.count - end].prefix(8)
      return middle.isEmpty ? "nothing" : middle.map(code).joined(separator: " ")
    }
    return (codes(first), codes(second))
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Blanks, marks of direction, and the byte order mark with its kin of no width.
  private static func isAround(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0x061C, 0xFEFF: true
    default: scalar.properties.isWhitespace
    }
  }
}
