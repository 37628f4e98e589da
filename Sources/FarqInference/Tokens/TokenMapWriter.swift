/// Writes encoded documents, one at a time, as the file that ``TokenMap`` reads. What stays in memory is three numbers a
/// document.
struct TokenMapWriter {
  private let key: [UInt8]
  private let write: (UnsafeRawBufferPointer) throws -> Void
  private var sum = TokenMapLayout.Checksum()
  private var buffer: [Int32] = []
  private var idCount = 0
  private var pieceEnds: [Int64] = []
  private var documentEnds: [Int64] = []
  private var documentFacts: [Int64] = []
  private static let bufferSize = 1 << 18

  /// - Parameters:
  ///   - key: 32 bytes that say what the tokens were made of.
  ///   - write: takes the bytes of the file, front to back.
  init(key: [UInt8], write: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.key = key
    self.write = write
  }

  /// Adds a document.
  mutating func add(_ document: EncodedDocument) throws {
    for piece in document.pieces {
      buffer += piece
      idCount += piece.count
      pieceEnds.append(Int64(idCount))
    }
    documentEnds.append(Int64(pieceEnds.count))
    documentFacts.append(Int64(document.tokenCount) << 1 | (document.isCut ? 1 : 0))
    if buffer.count >= Self.bufferSize {
      // An even number of ids: the checksum takes eight bytes at a time.
      let even = buffer.count & ~1
      try put(Array(buffer[..<even]))
      buffer.removeFirst(even)
    }
  }

  /// Writes the rest; nothing is added afterwards.
  mutating func finish() throws {
    try put(buffer + (buffer.count.isMultiple(of: 2) ? [] : [0]))
    try put(pieceEnds)
    try put(documentEnds)
    try put(documentFacts)
    try put(TokenMapLayout.magic)
    try put(key)
    try put([documentEnds.count, pieceEnds.count, idCount].map { Int64($0) })
    try withUnsafeBytes(of: sum.value.littleEndian) { try write($0) }
  }

  private mutating func put(_ values: [some Any]) throws {
    try values.withUnsafeBytes { bytes in
      sum.add(bytes)
      try write(bytes)
    }
  }
}
