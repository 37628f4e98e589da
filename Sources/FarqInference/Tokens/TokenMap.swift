public import FarqCore
import Foundation

/// Encoded documents in a mapped file, as ``TokenMapWriter`` writes it; what is read does not stay in memory.
public struct TokenMap: TokenPieces {
  private let file: MappedFile
  private let layout: TokenMapLayout

  /// Opens a map and checks length, key and checksum.
  ///
  /// - Throws: ``FarqError`` `badData` where the file is damaged, cut off or made of something else.
  public init(_ file: MappedFile, key: [UInt8]) throws {
    guard let layout = TokenMapLayout(footerOf: file.bytes, key: key), layout.fileSize == file.bytes.count,
      Self.checksum(of: file) == layout.checksum
    else { throw FarqError(.badData, "\(file.url.path) is no whole token map of this data: remove it") }
    self.file = file
    self.layout = layout
  }

  /// The number of documents.
  public var documentCount: Int { layout.documents }
  /// The number of pieces of all documents.
  public var pieceCount: Int { layout.pieces }
  /// The place of a document's first piece.
  public func firstPiece(of document: Int) -> Int {
    document == 0 ? 0 : word(layout.documentEnds + 8 * (document - 1))
  }
  /// The number of ids of a piece.
  public func length(of piece: Int) -> Int { end(of: piece) - end(of: piece - 1) }
  /// The tokens of a whole document.
  public func tokenCount(of document: Int) -> Int { word(layout.documentFacts + 8 * document) >> 1 }
  /// Whether tokens of a document were left out.
  public func isCut(_ document: Int) -> Bool { word(layout.documentFacts + 8 * document) & 1 == 1 }

  /// The ids of a piece.
  public func ids(of piece: Int) -> [Int32] {
    let bytes = file.read(4 * end(of: piece - 1)..<4 * end(of: piece))
    return [Int32](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
      count = bytes.count / 4
    }
  }

  private func end(of piece: Int) -> Int {
    piece < 0 ? 0 : word(layout.pieceEnds + 8 * piece)
  }

  private func word(_ offset: Int) -> Int {
    Int(file.bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self))
  }

  private static func checksum(of file: MappedFile) -> UInt64 {
    var sum = TokenMapLayout.Checksum()
    let end = file.bytes.count - 8
    for start in stride(from: 0, to: end, by: 1 << 20) { sum.add(file.read(start..<min(end, start + 1 << 20))) }
    return sum.value
  }
}
