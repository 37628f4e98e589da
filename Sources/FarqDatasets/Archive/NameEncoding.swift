/// What the names of an archive's members are written in.
public enum NameEncoding: String, Codable, Sendable, CaseIterable {
  /// UTF-8, with or without the flag that says so.
  case utf8 = "UTF-8"
  /// The Arabic code page of Windows.
  case windows1256 = "Windows-1256"
  /// The Arabic code page of the Windows console, which Windows' own compressed folders are written in.
  case codePage720 = "CP720"
  /// The code page of Arabic DOS.
  case codePage864 = "CP864"

  /// The encoding that an option names, letter case, `-`, `_` and spaces ignored; nil where it names none.
  public init?(named name: some StringProtocol) {
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
    case "utf8": self = .utf8
    case "windows1256", "cp1256", "1256": self = .windows1256
    case "windows720", "cp720", "ibm720", "dos720", "720": self = .codePage720
    case "cp864", "ibm864", "864": self = .codePage864
    default: return nil
    }
  }

  /// The code pages, the likeliest first.
  static let pages: [NameEncoding] = [.windows1256, .codePage720, .codePage864]

  /// The upper half of a code page.
  var table: [UInt16]? {
    switch self {
    case .utf8: nil
    case .windows1256: SingleByteTable.windows1256
    case .codePage720: SingleByteTable.codePage720
    case .codePage864: SingleByteTable.codePage864
    }
  }
}
