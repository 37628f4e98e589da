import FarqCore
public import Foundation

/// Keeps encoded documents on disk, so that the same texts are not tokenized again and their ids need no memory.
///
/// A file is named after its key, written under another name, synced and renamed: it is whole or not there, and of two
/// processes that write the same one the last wins, with the same content. Each is checked as a whole when it is opened; a
/// damaged one is written anew. Files that nobody used for 30 days are removed.
public struct TokenCache: Sendable {
  /// Where token maps are kept.
  public enum Place: Sendable, Equatable {
    /// In the user's cache folder where it can be written to; data of less than 32 MiB of text stays in memory.
    case automatic
    /// In this folder.
    case folder(URL)
    /// Nowhere: larger data has a temporary file without a name for as long as the process runs.
    case none
  }

  private let place: Place
  /// Documents encoded at a time.
  private static let block = 2048
  private static let lifetime: TimeInterval = 30 * 24 * 3600
  private static let memoryLimit = 32 << 20

  /// Makes a cache.
  public init(_ place: Place = .automatic) {
    self.place = place
  }

  /// `farq/tokens` in the user's cache folder: `$XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches`.
  public static var userFolder: URL? {
    FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first?
      .appendingPathComponent("farq/tokens")
  }

  /// The documents as tokens: from the cache, or encoded now.
  ///
  /// - Parameters:
  ///   - key: 32 bytes that change with the texts, the tokenizer and every option that changes an id.
  ///   - count: the number of documents.
  ///   - byteCount: the bytes of their texts.
  ///   - encode: encodes the documents in a range.
  /// - Throws: ``FarqError`` `inputOutput` where the folder cannot be written to; what `encode` throws.
  public func tokens(
    key: [UInt8], count: Int, byteCount: Int, encode: (Range<Int>) throws -> [EncodedDocument]
  ) throws -> any TokenPieces {
    switch place {
    case .folder(let folder): return try cached(in: folder, key, count, encode)
    case _ where byteCount < Self.memoryLimit: return EncodedDocuments(try encode(0..<count))
    case .automatic:
      if let folder = Self.userFolder, Self.isUsable(folder) { return try cached(in: folder, key, count, encode) }
      return try nameless(key, count, encode)
    case .none: return try nameless(key, count, encode)
    }
  }

  private func cached(
    in folder: URL, _ key: [UInt8], _ count: Int, _ encode: (Range<Int>) throws -> [EncodedDocument]
  ) throws -> TokenMap {
    guard Self.isUsable(folder) else {
      throw FarqError(.inputOutput, "cannot write in \(folder.path): name another --cache folder, or --cache none")
    }
    Self.removeUnused(in: folder)
    let name = key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let url = folder.appendingPathComponent("\(name).tokens")
    if let file = try? MappedFile(url), let map = try? TokenMap(file, key: key), map.documentCount == count {
      try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: url.path)
      return map
    }
    try AtomicFile.write(to: url) { handle in
      try Self.write(key, count, encode) { try handle.write(contentsOf: Data($0)) }
    }
    return try TokenMap(MappedFile(url), key: key)
  }

  private func nameless(
    _ key: [UInt8], _ count: Int, _ encode: (Range<Int>) throws -> [EncodedDocument]
  ) throws -> TokenMap {
    let file = try NamelessFile()
    try Self.write(key, count, encode, to: file.append)
    return try TokenMap(file.map(), key: key)
  }

  private static func write(
    _ key: [UInt8], _ count: Int, _ encode: (Range<Int>) throws -> [EncodedDocument],
    to write: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var writer = TokenMapWriter(key: key, write: write)
    for start in stride(from: 0, to: count, by: block) {
      for document in try encode(start..<min(count, start + block)) { try writer.add(document) }
    }
    try writer.finish()
  }

  private static func isUsable(_ folder: URL) -> Bool {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return FileManager.default.isWritableFile(atPath: folder.path)
  }

  /// Removes maps that nobody used for long, and what writers that died left.
  private static func removeUnused(in folder: URL) {
    let keys: [URLResourceKey] = [.contentModificationDateKey]
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: keys)
    for file in files ?? [] where ["tokens", "part"].contains(file.pathExtension) {
      let date = try? file.resourceValues(forKeys: Set(keys)).contentModificationDate
      let limit = file.pathExtension == "part" ? 24 * 3600 : lifetime
      if let date, Date().timeIntervalSince(date) > limit { try? FileManager.default.removeItem(at: file) }
    }
  }
}
