import FarqCore

/// Gathers documents one at a time: texts go to a ``TextStore``, names into tables, and an entry of numbers stays.
struct DatasetBuilder {
  /// The digest of each document's text.
  private(set) var digests: [TextDigest] = []
  /// Documents left out because they hold no text: where they came from.
  private(set) var emptyDocuments: [String] = []
  private var entries: [DocumentEntry] = []
  private var fileOf: [Int32] = []
  private var paths: [String] = []
  private var labels = NameTable()
  private var files = NameTable()
  private var subsets = NameTable()
  private var texts = TextStore.Writer()

  /// A line for each label that is written in several Unicode forms.
  var labelWarnings: [String] {
    labels.otherForms.map { first, other in
      let (one, two) = LabelName.difference(first, other)
      return
        "the label \(LabelName.shown(first)) is written in two Unicode forms (\(one) and \(two)), which are read as one"
    }
  }

  /// Whether no document was added, with or without text.
  var isEmpty: Bool { entries.isEmpty && emptyDocuments.isEmpty }

  /// Adds a document of the file at `path`; one without text is only noted.
  mutating func add(_ document: Document, path: String = "") throws {
    guard !Self.isBlank(document.text) else {
      emptyDocuments.append(document.origin)
      return
    }
    if paths.last != path { paths.append(path) }
    let (file, line) = Self.place(in: document.origin)
    entries.append(
      DocumentEntry(
        offset: try texts.add(document.text), byteCount: UInt32(clamping: document.text.utf8.count),
        label: labels.place(ofOptional: document.label), file: files.place(of: file), line: line,
        subset: subsets.place(ofOptional: document.subset), split: document.split))
    digests.append(TextDigest(document.text))
    fileOf.append(Int32(paths.count - 1))
  }

  /// The documents in the order of their files' paths, and within a file as they stand: the order of members in an
  /// archive is chance, and a zip and its unpacked folder should train alike.
  mutating func finish() throws -> DocumentList {
    let names = paths.map { Array($0.utf8) }
    let order = names.indices.sorted { one, other in
      names[one] == names[other] ? one < other : names[one].lexicographicallyPrecedes(names[other])
    }
    if order != Array(names.indices) {
      var rank = [Int](repeating: 0, count: names.count)
      for (position, file) in order.enumerated() { rank[file] = position }
      let sorted = entries.indices.sorted { (rank[Int(fileOf[$0])], $0) < (rank[Int(fileOf[$1])], $1) }
      entries = sorted.map { entries[$0] }
      digests = sorted.map { digests[$0] }
    }
    return DocumentList(
      entries: entries, labels: labels.names, files: files.names, subsets: subsets.names, texts: try texts.finish())
  }

  /// `news.jsonl:12` → the file and its line.
  private static func place(in origin: String) -> (file: String, line: Int32) {
    guard let colon = origin.utf8.lastIndex(of: UInt8(ascii: ":")) else { return (origin, 0) }
    let tail = origin[origin.utf8.index(after: colon)...]
    guard tail.utf8.first != UInt8(ascii: "0"), let line = Int32(tail), line > 0, String(line) == tail else {
      return (origin, 0)
    }
    return (String(origin[..<colon]), line)
  }

  private static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
  }
}
