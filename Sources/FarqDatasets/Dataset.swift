import FarqCore
public import Foundation

/// Labelled documents, with what a training run and its report need to know of them.
public struct Dataset: Sendable {
  /// The documents, in an order that depends on the data alone.
  public let documents: DocumentList
  /// The labels that occur, sorted by their bytes: the order of a model's outputs.
  public let labels: [String]
  /// SHA-256 over the labels, texts and splits in hexadecimal; the order of the documents does not matter.
  public let fingerprint: String
  /// The number of files read in each encoding.
  public let encodings: [TextEncoding: Int]
  /// Documents left out because they hold no text: where they came from.
  public let emptyDocuments: [String]
  /// What the user should know, a line each.
  public internal(set) var warnings: [String]
  /// The digest of each document's text, in the order of ``documents``.
  let digests: [TextDigest]

  /// Makes a data set of documents that are at hand; those without text are left out.
  ///
  /// - Throws: ``FarqError`` `badData` where there is no document, or, with `requireLabels`, where one has no label
  ///   or all have the same.
  public init(
    documents: some Sequence<Document>, encodings: [TextEncoding: Int] = [:], warnings: [String] = [],
    requireLabels: Bool = true
  ) throws {
    var builder = DatasetBuilder()
    for document in documents { try builder.add(document) }
    try self.init(builder, encodings: encodings, warnings: warnings)
    try check(requireLabels: requireLabels)
  }

  private init(_ builder: DatasetBuilder, encodings: [TextEncoding: Int], warnings: [String]) throws {
    var builder = builder
    let documents = try builder.finish()
    let empty = builder.emptyDocuments
    let note = empty.first.map { "\(empty.count) document\(empty.count == 1 ? "" : "s") without text left out: \($0)" }
    self.init(
      documents, digests: builder.digests, encodings: encodings, emptyDocuments: empty,
      warnings: warnings + builder.labelWarnings + SANAD.warnings(for: documents) + (note.map { [$0] } ?? []))
    self.warnings += Self.lookAlikes(labels)
  }

  /// Makes a data set whose digests are known.
  init(
    _ documents: DocumentList, digests: [TextDigest], encodings: [TextEncoding: Int], emptyDocuments: [String],
    warnings: [String]
  ) {
    self.documents = documents
    self.digests = digests
    self.encodings = encodings
    self.emptyDocuments = emptyDocuments
    self.warnings = warnings
    labels = Set(documents.entries.map(\.label)).filter { $0 >= 0 }.compactMap(documents.labelName)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    fingerprint = DatasetFingerprint.of(documents, digests)
  }

  /// Reads the data that lies at `url`: SANAD's zip or folder, a folder of label folders, `.csv`, `.tsv`, `.jsonl`,
  /// these compressed or in an archive, `.parquet`, or standard input where the relative path is `-`.
  ///
  /// The source is read once, a document at a time; texts beyond 32 MiB go to a temporary file without a name.
  ///
  /// - Throws: ``FarqError``: `missingInput` where nothing lies there, `badData` where it is no usable data,
  ///   `inputOutput` where it cannot be read, `unavailable` where parquet's reader is not installed.
  public static func load(from url: URL, options: LoadOptions = LoadOptions()) throws -> Dataset {
    var builder = DatasetBuilder()
    let notes = try DocumentReader(url: url, options: options).forEachWithFile { try builder.add($0, path: $1) }
    guard !builder.isEmpty else { throw Self.isEmpty(url, notes, options) }
    let dataset = try Dataset(builder, encodings: notes.encodings, warnings: notes.warnings + notes.summary)
    try dataset.check(requireLabels: options.requireLabels, allowsSingleLabel: options.allowsSingleLabel)
    return dataset
  }

  private static func isEmpty(_ url: URL, _ notes: ReadingNotes, _ options: LoadOptions) -> FarqError {
    guard notes.unlabelledCount > 0 else {
      return FarqError(.badData, "\(url.relativePath) holds no documents; give one of the forms of docs/data.md")
    }
    return FarqError(
      .badData,
      "\(url.relativePath): none of its \(notes.unlabelledCount) documents has a label (\"\(options.labelColumn)\"); "
        + "name the right column or key with --label-column")
  }

  /// The same data with further warnings.
  public func adding(warnings further: [String]) -> Dataset {
    var copy = self
    copy.warnings += further
    return copy
  }

  /// The documents of `split`, in order; those that name no split count as training documents.
  public func documents(in split: Split) -> DocumentList {
    documents.selecting(indices(in: split))
  }

  /// The places of the documents of `split`; those that name no split count as training documents.
  func indices(in split: Split) -> [Int] {
    documents.indices.filter { (documents.split(at: $0) ?? .train) == split }
  }

  /// The places of training and then of validation documents.
  public var trainingIndices: [Int] { indices(in: .train) + indices(in: .validation) }

  /// The documents in `split` whose text stands earlier in it, and those whose text stands in `other`.
  public func repeats(in split: Split, of other: Split) -> (within: Int, elsewhere: Int) {
    let own = indices(in: split).map { digests[$0] }
    let others = Set(indices(in: other).map { digests[$0] })
    return (own.count - Set(own).count, own.count(where: others.contains))
  }

  /// A digest of the texts of `split` in their order: what was made of them can be found again by it.
  public func contentDigest(of split: Split) -> String {
    let hash = Digest()
    for index in indices(in: split) { hash.update(digests[index].bytes) }
    return hash.hexadecimal()
  }

  /// A digest of the texts and labels of `split` in their order, which decides what a model learns from them.
  public func orderedFingerprint(of split: Split) -> String {
    let hash = Digest()
    for index in indices(in: split) {
      let label = documents.label(at: index) ?? ""
      hash.update(Array("\(label.utf8.count):\(label)".utf8))
      hash.update(digests[index].bytes)
    }
    return hash.hexadecimal()
  }

  /// The index of each label in ``labels``.
  public var labelIndices: [String: Int] {
    Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
  }

  /// A data set of the documents at `indices`, in the given splits, with further warnings.
  func selecting(_ indices: some Sequence<Int>, splits: [Split]? = nil, adding further: [String] = []) -> Dataset {
    let indices = Array(indices)
    let entries = indices.map { index in
      var entry = documents.entries[index]
      entry.split = splits?[index] ?? entry.split
      return entry
    }
    return Dataset(
      documents.with(entries), digests: indices.map { digests[$0] }, encodings: encodings,
      emptyDocuments: emptyDocuments, warnings: warnings + further)
  }

  func check(requireLabels: Bool, allowsSingleLabel: Bool = false) throws {
    guard !documents.isEmpty else {
      throw FarqError(.badData, "the data holds no document with text; give one of the forms of docs/data.md")
    }
    guard requireLabels else { return }
    if let bare = documents.indices.first(where: { documents.label(at: $0) == nil }) {
      throw FarqError(
        .badData,
        "\(documents.origin(at: bare)) has no label; put it in a folder named after its label or name the column")
    }
    guard labels.count > 1 || allowsSingleLabel else {
      throw FarqError(
        .badData,
        "all documents have the label \"\(labels.first ?? "")\" (\(documents.origin(at: 0))); give at least two labels")
    }
  }
}
