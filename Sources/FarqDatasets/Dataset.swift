import FarqCore
public import Foundation

/// Documents in memory, with what a training run and its report need to know of them.
public struct Dataset: Sendable {
  /// The documents, in an order that depends on the data alone.
  public let documents: [Document]
  /// The labels that occur, sorted by their bytes: the order of a model's outputs.
  public let labels: [String]
  /// SHA-256 over the labels, texts and splits in hexadecimal; the order of the documents does not matter.
  public let fingerprint: String
  /// The number of files read in each encoding.
  public let encodings: [TextEncoding: Int]
  /// Documents left out because they hold no text: where they came from.
  public let emptyDocuments: [String]
  /// What the user should know, a line each.
  public let warnings: [String]
  /// The digest of each document's text, in the order of ``documents``.
  let digests: [TextDigest]

  /// Makes a data set of documents that are at hand; those without text are left out.
  ///
  /// - Throws: ``FarqError`` `badData` where there is no document, or, with `requireLabels`, where one has no label
  ///   or all have the same.
  public init(
    documents: [Document], encodings: [TextEncoding: Int] = [:], warnings: [String] = [], requireLabels: Bool = true
  ) throws {
    let kept = documents.filter { !Self.isBlank($0.text) }
    let empty = documents.filter { Self.isBlank($0.text) }.map(\.origin)
    let note = empty.first.map { "\(empty.count) document\(empty.count == 1 ? "" : "s") without text left out: \($0)" }
    self.init(
      kept: kept, digests: kept.map { TextDigest($0.text) }, encodings: encodings, emptyDocuments: empty,
      warnings: warnings + (note.map { [$0] } ?? []))
    try check(requireLabels: requireLabels)
  }

  /// Makes a data set whose digests are known.
  init(
    kept documents: [Document], digests: [TextDigest], encodings: [TextEncoding: Int], emptyDocuments: [String],
    warnings: [String]
  ) {
    self.documents = documents
    self.digests = digests
    self.encodings = encodings
    self.emptyDocuments = emptyDocuments
    self.warnings = warnings
    labels = Set(documents.compactMap(\.label)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    fingerprint = Self.fingerprint(documents, digests)
  }

  /// Reads the data that lies at `url`: SANAD's zip or folder, a folder of label folders, `.csv`, `.tsv`, `.jsonl`,
  /// these compressed or in an archive, `.parquet`, or standard input where the relative path is `-`.
  ///
  /// - Throws: ``FarqError``: `missingInput` where nothing lies there, `badData` where it is no usable data,
  ///   `inputOutput` where it cannot be read, `unavailable` where parquet's reader is not installed.
  public static func load(from url: URL, options: LoadOptions = LoadOptions()) throws -> Dataset {
    var documents: [Document] = []
    var files: [String] = []
    var fileOf: [Int] = []
    let notes = try DocumentReader(url: url, options: options).forEachWithFile { document, file in
      if files.last != file { files.append(file) }
      documents.append(document)
      fileOf.append(files.count - 1)
    }
    documents = inOrder(documents, files: files, fileOf: fileOf)
    guard !documents.isEmpty else {
      throw FarqError(.badData, "\(url.relativePath) holds no documents; give one of the forms of docs/data.md")
    }
    let warnings = notes.warnings + notes.summary + SANAD.warnings(for: documents)
    return try Dataset(
      documents: documents, encodings: notes.encodings, warnings: warnings, requireLabels: options.requireLabels)
  }

  /// The documents in the order of their files' paths, and within a file as they stand: the order of members in an
  /// archive is chance, and a zip and its unpacked folder should train alike.
  private static func inOrder(_ documents: [Document], files: [String], fileOf: [Int]) -> [Document] {
    let paths = files.map { Array($0.utf8) }
    let order = files.indices.sorted { one, other in
      paths[one] == paths[other] ? one < other : paths[one].lexicographicallyPrecedes(paths[other])
    }
    guard order != Array(files.indices) else { return documents }
    var rank = [Int](repeating: 0, count: files.count)
    for (position, file) in order.enumerated() { rank[file] = position }
    return documents.indices.sorted { (rank[fileOf[$0]], $0) < (rank[fileOf[$1]], $1) }.map { documents[$0] }
  }

  /// The documents of `split`, in order; those that name no split count as training documents.
  public func documents(in split: Split) -> [Document] {
    documents.filter { ($0.split ?? .train) == split }
  }

  /// The index of each label in ``labels``.
  public var labelIndices: [String: Int] {
    Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
  }

  /// A data set of the documents at `indices`, changed by `change`, with further warnings.
  func selecting(
    _ indices: some Sequence<Int>, adding further: [String] = [], change: (Int, Document) -> Document = { $1 }
  ) -> Dataset {
    let indices = Array(indices)
    return Dataset(
      kept: indices.map { change($0, documents[$0]) }, digests: indices.map { digests[$0] }, encodings: encodings,
      emptyDocuments: emptyDocuments, warnings: warnings + further)
  }

  private func check(requireLabels: Bool) throws {
    guard let first = documents.first else {
      throw FarqError(.badData, "the data holds no document with text; give one of the forms of docs/data.md")
    }
    guard requireLabels else { return }
    if let bare = documents.first(where: { $0.label == nil }) {
      throw FarqError(
        .badData, "\(bare.origin) has no label; put it in a folder named after its label or name the column")
    }
    guard labels.count > 1 else {
      throw FarqError(
        .badData, "all documents have the label \"\(labels.first ?? "")\" (\(first.origin)); give at least two labels")
    }
  }

  private static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
  }

  private static func fingerprint(_ documents: [Document], _ digests: [TextDigest]) -> String {
    let records = zip(documents, digests).map { document, digest in
      let label = document.label.map { "1\($0.utf8.count):\($0)" } ?? "0"
      return Array("\(document.split?.rawValue ?? "none"):\(label):".utf8) + digest.bytes
    }
    let hash = SHA256Digest()
    for record in records.sorted(by: { $0.lexicographicallyPrecedes($1) }) { hash.update(record) }
    return hash.finish().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
