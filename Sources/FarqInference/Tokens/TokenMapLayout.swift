/// Where things stand in a file of tokens. All numbers are little-endian:
///
/// ids (Int32 each, filled up to 8 bytes) | the end of each piece in ids | the end of each document in pieces |
/// tokens · 2 + (1 where cut) of each document | magic, key (32 bytes), documents, pieces, ids, checksum of all before.
struct TokenMapLayout {
  static let magic: [UInt8] = Array("FARQTOK1".utf8)
  static let keySize = 32
  static let footerSize = 8 + keySize + 4 * 8
  let documents: Int
  let pieces: Int
  let ids: Int
  let checksum: UInt64

  var pieceEnds: Int { (4 * ids + 7) / 8 * 8 }
  var documentEnds: Int { pieceEnds + 8 * pieces }
  var documentFacts: Int { documentEnds + 8 * documents }
  var fileSize: Int { documentFacts + 8 * documents + Self.footerSize }

  /// Reads the footer; nil where it is not that of a map with this key, or its numbers cannot be.
  init?(footerOf bytes: UnsafeRawBufferPointer, key: [UInt8]) {
    guard bytes.count >= Self.footerSize else { return nil }
    let start = bytes.count - Self.footerSize
    guard bytes[start..<start + 8].elementsEqual(Self.magic),
      bytes[start + 8..<start + 8 + Self.keySize].elementsEqual(key)
    else { return nil }
    let numbers = (0..<4).map {
      bytes.loadUnaligned(fromByteOffset: start + 8 + Self.keySize + 8 * $0, as: UInt64.self)
    }
    guard numbers.prefix(3).allSatisfy({ $0 <= UInt64(bytes.count) }) else { return nil }
    (documents, pieces, ids) = (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
    checksum = numbers[3]
  }

  /// A sum over words of eight bytes that any damage changes: multiplied and mixed word by word.
  struct Checksum {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Adds bytes, a multiple of eight of them.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
      var sum = value
      for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
        sum = (sum ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
        sum ^= sum >> 32
      }
      value = sum
    }
  }
}
