import FarqCore
import FarqInference
import FarqTesting
import Foundation
import Testing

@Suite struct TokenCacheTests {
  private static let key = [UInt8](repeating: 7, count: 32)

  /// Document i has i % 3 + 1 pieces, piece p of it i + p + 1 ids.
  private static func documents(_ range: Range<Int>) -> [EncodedDocument] {
    range.map { index in
      let pieces = (0...index % 3).map { piece in (0...index + piece).map { Int32($0 + 1000 * index) } }
      return EncodedDocument(pieces: pieces, tokenCount: 10 * index, isCut: index.isMultiple(of: 2))
    }
  }

  private static func check(_ tokens: any TokenPieces, _ count: Int) {
    let expected = EncodedDocuments(documents(0..<count))
    #expect(tokens.documentCount == count && tokens.pieceCount == expected.pieceCount)
    for document in 0..<count {
      #expect(tokens.firstPiece(of: document) == expected.firstPiece(of: document))
      #expect(tokens.tokenCount(of: document) == expected.tokenCount(of: document))
      #expect(tokens.isCut(document) == expected.isCut(document))
    }
    #expect(tokens.firstPiece(of: count) == expected.pieceCount)
    #expect((0..<tokens.pieceCount).allSatisfy { tokens.ids(of: $0) == expected.ids(of: $0) })
    #expect(tokens.lengths == expected.lengths)
  }

  private static func maps(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
  }

  @Test(arguments: [0, 1, 2, 7, 300])
  func keepsEveryIDAndIsReadAgain(count: Int) throws {
    let folder = try TemporaryFolder()
    let cache = TokenCache(.folder(folder.url))
    let encode = { (range: Range<Int>) in Self.documents(range) }
    Self.check(try cache.tokens(key: Self.key, count: count, byteCount: 1, encode: encode), count)
    let again = try cache.tokens(key: Self.key, count: count, byteCount: 1) { _ in
      Issue.record("the documents were encoded again")
      return []
    }
    Self.check(again, count)
    #expect(try Self.maps(in: folder.url).count == 1)
  }

  /// Large data without a cache lies in a file that has no name.
  @Test func worksWithoutACache() throws {
    let tokens = try TokenCache(.none).tokens(
      key: Self.key, count: 30, byteCount: 1 << 40, encode: { Self.documents($0) })
    #expect(tokens is TokenMap)
    Self.check(tokens, 30)
  }

  /// A map that was cut off, or in which one bit is wrong, is written anew.
  @Test(arguments: [0, 1, 2, 3, 4])
  func replacesADamagedMap(damage: Int) throws {
    let folder = try TemporaryFolder()
    let cache = TokenCache(.folder(folder.url))
    _ = try cache.tokens(key: Self.key, count: 50, byteCount: 1, encode: { Self.documents($0) })
    let file = try #require(try Self.maps(in: folder.url).first)
    var bytes = try Data(contentsOf: file)
    switch damage {
    case 0: bytes.removeLast(1)
    case 1: bytes = Data()
    case 2: bytes[100] ^= 1
    case 3: bytes[bytes.count - 20] ^= 0x80
    default: bytes[bytes.count - 60] ^= 4
    }
    try bytes.write(to: file)
    #expect(throws: FarqError.self) { try TokenMap(MappedFile(file), key: Self.key) }
    Self.check(try cache.tokens(key: Self.key, count: 50, byteCount: 1, encode: { Self.documents($0) }), 50)
    _ = try TokenMap(MappedFile(file), key: Self.key)
  }

  /// A writer that fails half-way leaves nothing.
  @Test func leavesNothingHalfWritten() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FarqError.self) {
      try TokenCache(.folder(folder.url)).tokens(key: Self.key, count: 5000, byteCount: 1) { range in
        guard range.lowerBound == 0 else { throw FarqError(.fault, "interrupted") }
        return Self.documents(0..<9)
      }
    }
    #expect(try Self.maps(in: folder.url).isEmpty)
  }

  /// Another key never opens a map, even under its name.
  @Test func refusesAnotherKey() throws {
    let folder = try TemporaryFolder()
    _ = try TokenCache(.folder(folder.url)).tokens(
      key: Self.key, count: 5, byteCount: 1, encode: { Self.documents($0) })
    let file = try #require(try Self.maps(in: folder.url).first)
    #expect(throws: FarqError.self) {
      try TokenMap(MappedFile(file), key: [UInt8](repeating: 8, count: 32))
    }
  }

  /// Two writers at once: both get the right tokens, one map is left.
  @Test func twoWritersDoNotDisturbEachOther() throws {
    let folder = try TemporaryFolder()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      let tokens = try? TokenCache(.folder(folder.url)).tokens(
        key: Self.key, count: 200, byteCount: 1, encode: { Self.documents($0) })
      #expect(tokens?.documentCount == 200)
      #expect(tokens?.ids(of: 250) == EncodedDocuments(Self.documents(0..<200)).ids(of: 250))
    }
    #expect(try Self.maps(in: folder.url).count == 1)
  }

  @Test func removesWhatNobodyUses() throws {
    let folder = try TemporaryFolder()
    for (name, days) in [("old.tokens", 31.0), ("new.tokens", 29), (".x.part", 2), ("notes.txt", 99)] {
      try Data("x".utf8).write(to: folder.file(name))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -days * 86400)], ofItemAtPath: folder.file(name).path)
    }
    _ = try TokenCache(.folder(folder.url)).tokens(
      key: Self.key, count: 1, byteCount: 1, encode: { Self.documents($0) })
    let left = Set(try Self.maps(in: folder.url).map(\.lastPathComponent))
    #expect(left.isSuperset(of: ["new.tokens", "notes.txt"]) && left.isDisjoint(with: ["old.tokens", ".x.part"]))
  }
}
