import FarqCore
public import Foundation

/// A WordPiece vocabulary: tokens and their ids, and the trie that finds them.
public struct Vocabulary: Sendable {
  /// One more than the highest id: the number of rows an embedding needs.
  public let count: Int
  /// The highest id that is taken to be meant.
  static let highestID = 1 << 26
  let trie: DoubleArrayTrie
  /// All tokens' bytes, by id; an id without token has an empty range.
  private let bytes: [UInt8]
  private let starts: [Int32]

  /// Makes a vocabulary from tokens in the order of their ids; where a token stands twice, the last id is its own
  /// (as in `transformers` and `tokenizers`), and empty tokens keep their ids.
  public init(tokens: [String]) {
    self.init(entries: tokens.enumerated().map { (Array($1.utf8), Int32($0)) })
  }

  /// Reads a `vocab.txt`: a token a line, its number the id, white space at the line's end cut.
  ///
  /// - Throws: ``FarqError`` `missingInput`, `inputOutput`, or `badData` for a file that is empty or not UTF-8.
  public init(file: URL) throws {
    let mapped = try MappedFile(file)
    let entries = try VocabularyFile.entries(mapped.bytes.bindMemory(to: UInt8.self), url: file)
    self.init(entries: entries)
    withExtendedLifetime(mapped) {}
  }

  init(entries: [(token: [UInt8], id: Int32)]) {
    count = Int(entries.map(\.id).max() ?? -1) + 1
    let order = entries.indices.sorted { left, right in
      let (a, b) = (entries[left].token, entries[right].token)
      return a == b ? left < right : a.lexicographicallyPrecedes(b)
    }
    var keys: [ArraySlice<UInt8>] = []
    var values: [Int32] = []
    for index in order where !entries[index].token.isEmpty {
      let token = entries[index].token[...]
      if keys.last == token {
        values[values.count - 1] = entries[index].id
      } else {
        keys.append(token)
        values.append(entries[index].id)
      }
    }
    trie = DoubleArrayTrie(sortedKeys: keys, values: values)
    var tokens = [ArraySlice<UInt8>](repeating: [], count: count)
    for entry in entries { tokens[Int(entry.id)] = entry.token[...] }
    bytes = Array(tokens.joined())
    var starts: [Int32] = [0]
    for token in tokens { starts.append((starts.last ?? 0) + Int32(token.count)) }
    self.starts = starts
  }

  /// The id of exactly `token`, or nil.
  public func id(of token: String) -> Int32? {
    var token = token
    return token.withUTF8 { bytes in
      let id = trie.value(of: bytes)
      return id < 0 ? nil : id
    }
  }

  /// The id of exactly the token with these bytes, or nil.
  func id(of token: [UInt8]) -> Int32? {
    let id = token.withUnsafeBufferPointer(trie.value(of:))
    return id < 0 ? nil : id
  }

  /// The token with this id; empty where the vocabulary has none.
  public func token(of id: Int32) -> String {
    String(decoding: tokenBytes(of: id), as: UTF8.self)
  }

  /// The tokens in the order of their ids.
  public var tokens: [String] { (0..<Int32(count)).map(token(of:)) }

  /// The bytes of the token with this id.
  func tokenBytes(of id: Int32) -> ArraySlice<UInt8> {
    guard id >= 0, Int(id) < count else { return [] }
    return bytes[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])]
  }
}
