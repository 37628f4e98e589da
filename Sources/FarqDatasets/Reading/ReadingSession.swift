import FarqCore

/// One reading of a data source: turns files into documents, hands them on, and keeps notes.
struct ReadingSession {
  /// How data is read.
  let options: LoadOptions
  /// The name of the folder or archive itself, which may name a SANAD subset.
  let rootName: String
  /// What was noticed.
  private(set) var notes = ReadingNotes()
  private var labels = LabelAccount()
  /// Bytes that came out of compressed files in a folder or archive.
  private var unpackedBytes = 0
  private let body: (Document, String) throws -> Void

  /// Starts a reading that hands each document, with the path of its file, to `body`.
  init(options: LoadOptions, rootName: String, _ body: @escaping (Document, String) throws -> Void) {
    self.options = options
    self.rootName = rootName
    self.body = body
  }

  /// What was noticed, the labels' account with it.
  var result: ReadingNotes {
    var notes = notes
    notes.unlabelledCount = labels.skippedCount
    notes.warnings += labels.warnings
    return notes
  }

  /// Notes what the user should know.
  mutating func warn(_ lines: [String]) { notes.warnings += lines }

  /// Reads the file at `path` below the root, whatever it is; `origin` names it in messages.
  mutating func file(_ path: String, origin: String, _ source: () throws -> any ByteSource) throws {
    guard !ArticlePath.isLitter(path) else { return }
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    if let inner = Self.compressed(fileName) {
      return try compressedFile(String(path.dropLast(fileName.count)) + inner, origin: origin, source)
    }
    if Self.isDescription(fileName) {
      notes.ignoredFiles.append(origin)
    } else if let form = DataForm(fileName: fileName) {
      try records(form, path: path, origin: origin, source())
    } else if Self.isArticle(fileName) {
      try article(path, origin: origin, source)
    } else {
      notes.ignoredFiles.append(origin)
    }
  }

  /// Reads a gzip-compressed file as the file `path` that is in it; all of them together are bounded as one archive.
  private mutating func compressedFile(
    _ path: String, origin: String, _ source: () throws -> any ByteSource
  ) throws {
    var limits = options.archiveLimits
    limits.totalBytes -= unpackedBytes
    var content: GzipSource?
    try file(path, origin: origin) {
      let opened = try GzipSource(source(), name: origin, limits: limits)
      content = opened
      return opened
    }
    unpackedBytes += content?.unpackedBytes ?? 0
  }

  /// Reads a file of records; folders above it or its own name may tell the split of those that do not say.
  mutating func records(_ form: DataForm, path: String, origin: String, _ source: any ByteSource) throws {
    let place = ArticlePath(path, root: rootName)
    let fallback = place.split ?? Self.splitInFileName(path)
    let reader = RecordReader(name: origin, form: form, options: options)
    var isEmpty = true
    let rows =
      form.isColumnar ? try ColumnarSource(source, form: form, name: origin, options: options) : source
    let account = try reader.read(rows) { record in
      isEmpty = false
      if let document = try document(record, origin: "\(origin):\(record.line)", fallback: fallback) {
        try body(document, path)
      }
    }
    notes.encodings[account.encoding, default: 0] += 1
    if let delimiter = account.delimiter {
      notes.delimiters[String(decoding: [delimiter], as: UTF8.self), default: 0] += 1
    }
    if isEmpty { notes.emptyFiles.append(origin) }
  }

  private mutating func article(_ path: String, origin: String, _ source: () throws -> any ByteSource) throws {
    let place = ArticlePath(path, root: rootName)
    if let wanted = options.subsets, !(place.subset.map(wanted.contains) ?? false) { return }
    let label = labels.label(place.label)
    guard label != nil || !(options.requireLabels || options.skipsUnlabelled) else {
      // A readme beside the label folders is no article.
      notes.ignoredFiles.append(origin)
      return
    }
    var decoder = TextDecoder(name: origin, forced: options.encoding)
    let text = try wholeText(source(), &decoder)
    notes.encodings[decoder.encoding ?? .utf8, default: 0] += 1
    if text.isEmpty { notes.emptyFiles.append(origin) }
    try body(
      Document(text: text, label: label, split: place.split, subset: place.subset, origin: origin),
      path)
  }

  private func wholeText(_ source: any ByteSource, _ decoder: inout TextDecoder) throws -> String {
    // Encodings are told from the whole file: one piece, however it arrives.
    var bytes: [UInt8] = []
    try source.forEachPiece(size: 1 << 16) { piece, _ in
      bytes.append(contentsOf: piece)
      guard bytes.count <= options.maximumDocumentBytes else {
        throw FarqError(
          .badData,
          "\(decoder.name): the article is longer than \(options.maximumDocumentBytes) bytes; split it or raise the limit"
        )
      }
    }
    return try bytes.withUnsafeBufferPointer { whole in
      try decoder.decode(whole, isLast: true) { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The document of a record; nil where it is left out.
  private mutating func document(_ record: Record, origin: String, fallback: Split?) throws -> Document? {
    guard let text = record.text else {
      throw FarqError(.badData, "\(origin): there is no \"\(options.textColumn)\"; name the right key by option")
    }
    let label = labels.label(record.label)
    guard label != nil || !options.skipsUnlabelled else {
      labels.skip(origin)
      return nil
    }
    guard label != nil || !options.requireLabels else {
      throw FarqError(
        .badData,
        "\(origin) has no label (\"\(options.labelColumn)\"): fill it in, name the right column or key with "
          + "--label-column, or leave such documents out with --skip-unlabelled")
    }
    guard let name = record.split, !name.isEmpty else {
      return Document(text: text, label: label, split: fallback, origin: origin)
    }
    guard let split = Split(named: name) else {
      throw FarqError(.badData, "\(origin): \"\(name)\" is no split; use train, validation or test")
    }
    return Document(text: text, label: label, split: split, origin: origin)
  }

  /// The name of the article or file of records that a gzip-compressed file of this name holds.
  private static func compressed(_ fileName: String) -> String? {
    guard fileName.lowercased().hasSuffix(".gz") else { return nil }
    let inner = String(fileName.dropLast(3))
    return inner.lowercased().hasSuffix(".txt") || DataForm(fileName: inner) != nil ? inner : nil
  }

  /// What Hugging Face's `datasets` writes beside the rows: descriptions, and results that it kept.
  private static func isDescription(_ fileName: String) -> Bool {
    ["dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json"].contains(fileName)
      || (fileName.hasPrefix("cache-") && fileName.hasSuffix(".arrow"))
  }

  private static func isArticle(_ fileName: String) -> Bool {
    let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 1 || parts.last?.lowercased() == "txt"
  }

  /// The split in a name such as `train.jsonl`, `news-test.csv` or `validation-00000-of-00001.parquet`.
  private static func splitInFileName(_ path: String) -> Split? {
    let name = path.split(separator: "/").last ?? ""
    return name.split { "._-".contains($0) }.lazy.compactMap { Split(named: $0) }.first
  }
}
