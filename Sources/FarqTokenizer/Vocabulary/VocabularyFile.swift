import FarqCore
import Foundation

/// Reads `vocab.txt`.
enum VocabularyFile {
  /// The tokens with their line numbers as ids.
  static func entries(_ bytes: UnsafeBufferPointer<UInt8>, url: URL) throws -> [(token: [UInt8], id: Int32)] {
    var entries: [(token: [UInt8], id: Int32)] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let line = trimmed(bytes[start..<end])
      entries.append((Array(line), Int32(entries.count)))
      start = end + 1
    }
    guard entries.contains(where: { !$0.token.isEmpty }) else {
      throw FarqError(.badData, "\(url.path) holds no token; give a vocab.txt with a token a line")
    }
    for (token, id) in entries where String(validating: token, as: UTF8.self) == nil {
      throw FarqError(.badData, "\(url.path) line \(id + 1) is not UTF-8; save the file as UTF-8")
    }
    return entries
  }

  /// The line without white space at its end, as `WordPiece.read_file` of `tokenizers` cuts it.
  private static func trimmed(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    var line = line
    while let last = line.last, last == 0x20 || (last >= 0x09 && last <= 0x0D) { line = line.dropLast() }
    return line
  }
}
