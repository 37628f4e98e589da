import FarqCore

/// Reads the names of an archive's members: UTF-8 where they are, else one code page for the whole archive, the one
/// in which all of them are plausible Arabic. Two different names never become one.
struct MemberNames {
  /// The names by which a page is chosen.
  struct Sample {
    /// Components that name folders, and may be labels.
    private(set) var folders: Set<ArraySlice<UInt8>> = []
    /// Components that name files, the first of them.
    private(set) var files: Set<ArraySlice<UInt8>> = []

    /// Takes what is not UTF-8 from a member's path.
    mutating func add(_ path: [UInt8]) {
      let components = MemberNames.components(of: path)
      folders.formUnion(components.dropLast().filter { !MemberNames.isUTF8($0) })
      if let file = components.last, files.count < 1000, !MemberNames.isUTF8(file) { files.insert(file) }
    }
  }

  private let archive: String
  private let given: NameEncoding?
  private let mayEscape: Bool
  private var page: NameEncoding?
  /// Whether it is known which page names that are not UTF-8 are in.
  private(set) var isDecided: Bool
  /// What each folder's name was read from.
  private var read: [String: (bytes: ArraySlice<UInt8>, isConverted: Bool)] = [:]
  private var converted: String?
  private var written: String?
  private var escaped: (count: Int, first: String) = (0, "")

  /// - Parameters:
  ///   - archive: its name, for messages.
  ///   - given: the encoding that the user names; nil to choose one by the names.
  ///   - mayEscape: whether folders that cannot be read are no error, since labels do not matter.
  init(archive: String, given: NameEncoding?, mayEscape: Bool) {
    self.archive = archive
    self.given = given
    self.mayEscape = mayEscape
    page = given
    isDecided = given != nil
  }

  /// Chooses the page; `isWhole` says that no further names will come.
  ///
  /// - Throws: ``FarqError`` `badData` that lists the folders' names where they are in none.
  mutating func decide(by sample: Sample, isWhole: Bool) throws {
    page = Self.page(of: sample)
    isDecided = isWhole || page != nil
    guard page == nil, !sample.folders.isEmpty, !mayEscape else { return }
    throw Self.unreadable(archive, sample.folders)
  }

  /// What the user should know.
  var warnings: [String] {
    var lines: [String] = []
    if let converted, let page {
      lines.append(
        "\(archive): names in it are converted from \(page.rawValue), such as \"\(converted)\"; --name-encoding names another"
      )
    }
    if let written, let page {
      lines.append(
        "\(archive): \"\(written)\" is written in UTF-8 and in \(page.rawValue), which are read as one folder")
    }
    if escaped.count > 0 {
      let names = escaped.count == 1 ? "1 name is" : "\(escaped.count) names are"
      lines.append("\(archive): \(names) in no known encoding and shown by bytes, such as \"\(escaped.first)\"")
    }
    return lines
  }

  /// The components of a member's path.
  ///
  /// - Throws: ``FarqError`` `badData` where a folder's name cannot be read, or two names become one.
  mutating func components(of path: [UInt8]) throws -> [String] {
    let parts = Self.components(of: path)
    return try parts.indices.map { try text(parts[$0], isFolder: $0 < parts.endIndex - 1) }
  }

  private mutating func text(_ name: ArraySlice<UInt8>, isFolder: Bool) throws -> String {
    guard !name.allSatisfy({ $0 < 0x80 }) else { return String(decoding: name, as: UTF8.self) }
    let found = page.flatMap { CodePageName(name, in: $0) }
    // A name that is UTF-8 by chance is told by letters that no Arabic name has.
    if Self.isUTF8(name), Self.isPlain(name) || !(found?.isPlausible ?? false) {
      return try keep(String(decoding: name, as: UTF8.self), name, isFolder: isFolder, isConverted: false)
    }
    if let found, given != nil || found.isPlausible || !isFolder {
      converted = converted ?? found.text
      return try keep(found.text, name, isFolder: isFolder, isConverted: true)
    }
    guard mayEscape || !isFolder else { throw Self.unreadable(archive, [name]) }
    let shown = Self.shown(name)
    if escaped.count == 0 { escaped.first = shown }
    escaped.count += 1
    return shown
  }

  private mutating func keep(
    _ text: String, _ name: ArraySlice<UInt8>, isFolder: Bool, isConverted: Bool
  ) throws -> String {
    guard isFolder else { return text }
    guard let other = read[text], !other.bytes.elementsEqual(name) else {
      read[text] = (name, isConverted)
      return text
    }
    guard isConverted != other.isConverted else {
      guard isConverted else { return text }  // Two Unicode forms of one name, of which the labels' table tells.
      throw FarqError(
        .badData,
        "\(archive): the names \"\(Self.shown(other.bytes))\" and \"\(Self.shown(name))\" both become \"\(text)\" "
          + "in \(page?.rawValue ?? "") and would be one label; make the archive again with names in UTF-8")
    }
    written = text
    return text
  }

  // MARK: - Bytes

  /// The components of a path; `\` counts as `/`.
  static func components(of path: [UInt8]) -> [ArraySlice<UInt8>] {
    path.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.filter { !$0.elementsEqual([0x2E]) }
  }

  /// Whether a name is UTF-8 beyond doubt: ASCII, or scalars of two bytes, among them all Arabic ones.
  static func isPlain(_ name: some Collection<UInt8>) -> Bool {
    name.allSatisfy { $0 < 0xE0 } && isUTF8(name)
  }

  /// Whether `name` is valid UTF-8.
  static func isUTF8(_ name: some Collection<UInt8>) -> Bool {
    Array(name).withUnsafeBufferPointer { UTF8Validation.check($0).validCount == $0.count }
  }

  /// A name for messages: what is not UTF-8 in it as `%D1`.
  static func shown(_ name: some Collection<UInt8>) -> String {
    guard !isUTF8(name) else { return String(decoding: name, as: UTF8.self) }
    return name.map { byte in
      byte < 0x80 && byte != UInt8(ascii: "%")
        ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  /// The page in which all folders' names are plausible, or where these need none all files' names; of several the one
  /// with the most common letters.
  private static func page(of sample: Sample) -> NameEncoding? {
    let names = sample.folders.isEmpty ? sample.files : sample.folders
    guard !names.isEmpty else { return nil }
    var best: (page: NameEncoding, score: Int)?
    for page in NameEncoding.pages {
      let found = names.compactMap { CodePageName($0, in: page) }.filter(\.isPlausible)
      guard found.count == names.count else { continue }
      let score = found.reduce(0) { $0 + $1.commonCount }
      if score > best?.score ?? -1 { best = (page, score) }
    }
    return best?.page
  }

  private static func unreadable(_ archive: String, _ names: some Collection<ArraySlice<UInt8>>) -> FarqError {
    let shown = names.map { "\"\(Self.shown($0))\"" }.sorted()
    let list = shown.prefix(5).joined(separator: ", ") + (shown.count > 5 ? " and \(shown.count - 5) more" : "")
    let pages = NameEncoding.pages.map(\.rawValue).joined(separator: ", ")
    return FarqError(
      .badData,
      "\(archive): the folder names \(list) are neither UTF-8 nor Arabic in one of \(pages); "
        + "say with --name-encoding which they are in, or make the archive again with names in UTF-8")
  }
}
