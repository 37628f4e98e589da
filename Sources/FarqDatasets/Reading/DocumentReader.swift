import FarqCore
public import Foundation

/// Reads documents one at a time from any of the data forms, in memory that does not grow with the data
/// (save for the table of contents of a zip).
public struct DocumentReader: Sendable {
  /// Where the data lies; `-` is standard input.
  public let url: URL
  /// How data is read.
  public let options: LoadOptions

  /// Makes a reader of what lies at `url`; a URL whose relative path is `-` is standard input.
  public init(url: URL, options: LoadOptions = LoadOptions()) {
    self.url = url
    self.options = options
  }

  /// Hands each document to `body`, in the order of the file, or of the sorted paths of a folder, or of the archive.
  ///
  /// Standard input and JSON lines without a label are read too where `options.requireLabels` is false.
  /// - Returns: what was noticed on the way.
  /// - Throws: ``FarqError``: `missingInput` where nothing lies there, `badData` where it is no data, naming file and
  ///   line or offset, `inputOutput` where it cannot be read; and what `body` throws.
  @discardableResult
  public func forEach(_ body: (Document) throws -> Void) throws -> ReadingNotes {
    try forEachWithFile { document, _ in try body(document) }
  }

  /// As ``forEach(_:)``, with the path below the root of the file that each document stands in.
  func forEachWithFile(_ body: (Document, _ file: String) throws -> Void) throws -> ReadingNotes {
    try withoutActuallyEscaping(body) { body in
      var session = ReadingSession(options: options, rootName: rootName, body)
      try read(&session)
      return session.result
    }
  }

  private var isStandardInput: Bool { url.relativePath == "-" }

  /// The name of the folder or file without its endings.
  private var rootName: String {
    String(url.lastPathComponent.split(separator: ".").first ?? "")
  }

  private func read(_ session: inout ReadingSession) throws {
    if isStandardInput { return try readStandardInput(&session) }
    let path = url.path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FarqError(.missingInput, "there is no data at \(path); check the path")
    }
    if isFolder.boolValue { return try readFolder(path, &session) }
    let name = url.lastPathComponent
    let form = options.form ?? DataForm(fileName: name)
    if let form, !name.lowercased().hasSuffix(".gz") {
      return try session.records(form, path: name, origin: path, FileSource(path: path))
    }
    try readArchive(ArchiveReader(path: path, options: options), &session)
  }

  private func readStandardInput(_ session: inout ReadingSession) throws {
    if let form = options.form {
      let source = FileSource(descriptor: options.standardInput, name: "standard input")
      return try session.records(form, path: "-", origin: "standard input", source)
    }
    let archive = try ArchiveReader(
      descriptor: options.standardInput, name: "standard input", options: options)
    try readArchive(archive, &session)
  }

  private func readFolder(_ path: String, _ session: inout ReadingSession) throws {
    for file in try FolderListing.files(below: path) {
      let full = path + "/" + file
      try session.file(file, origin: full) { try FileSource(path: full) }
    }
  }

  private static func withoutGzipEnding(_ name: String) -> String? {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : nil
  }

  private func readArchive(_ archive: ArchiveReader, _ session: inout ReadingSession) throws {
    while let member = try archive.next() {
      guard !archive.isSingleStream else { return try readSingleStream(archive, &session) }
      try session.file(member.path, origin: "\(archive.name):\(member.path)") { archive }
    }
    session.warn(archive.nameWarnings)
  }

  /// A compressed file of records, or records from standard input.
  private func readSingleStream(_ archive: ArchiveReader, _ session: inout ReadingSession) throws {
    let name = isStandardInput ? "-" : url.lastPathComponent
    let gzipped = Self.withoutGzipEnding(name)
    guard archive.isCompressed || gzipped == nil else { throw GzipSource.notGzip(archive.name) }
    let inner = gzipped ?? name
    let source = try SniffedSource(archive)
    let isArchiveName = ["zip", "tar", "tgz"].contains(inner.split(separator: ".").last?.lowercased() ?? "")
    guard !isArchiveName, let form = options.form ?? DataForm(fileName: inner) ?? source.form else {
      throw FarqError(
        .badData,
        "\(archive.name) is no archive, parquet, Arrow, CSV, TSV or JSON; give one of the forms of docs/data.md")
    }
    try session.records(form, path: inner, origin: archive.name, source)
  }
}
