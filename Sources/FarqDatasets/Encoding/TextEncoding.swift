/// The encodings of text that Farq tells apart and converts to UTF-8.
public enum TextEncoding: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
  /// UTF-8 without a byte order mark; ASCII counts as this.
  case utf8 = "UTF-8"
  /// UTF-8 that starts with a byte order mark.
  case utf8WithByteOrderMark = "UTF-8 with BOM"
  /// UTF-16, low byte first, with or without a byte order mark.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, high byte first, with or without a byte order mark.
  case utf16BigEndian = "UTF-16BE"
  /// The Arabic code page of Windows.
  case windows1256 = "Windows-1256"
  /// The Arabic part of ISO 8859.
  case iso8859Part6 = "ISO-8859-6"

  /// The encoding that an option names, letter case, `-`, `_` and spaces ignored; nil where it names none.
  public init?(named name: some StringProtocol) {
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
    case "utf8": self = .utf8
    case "utf8bom", "utf8sig", "utf8withbom": self = .utf8WithByteOrderMark
    case "utf16le": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "windows1256", "cp1256": self = .windows1256
    case "iso88596": self = .iso8859Part6
    default: return nil
    }
  }
}
