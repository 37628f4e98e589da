/// Turns chunks between white space into ids as the slow `BertTokenizer` of transformers 4.57 does, remembering the
/// latest ones: NFC, `never_split`, accents, punctuation, WordPiece. The chunks come cleaned and in lower case.
struct SlowChunkSink: EncodingSink {
  private let model: WordPieceModel
  private let chunk: SlowChunk
  private let cache = WordCache()
  var ids = GrowingBuffer<Int32>(capacity: 1024)
  var limit = Int.max

  init(model: WordPieceModel, chunk: SlowChunk) {
    self.model = model
    self.chunk = chunk
  }

  func free() {
    cache.free()
    ids.free()
  }

  mutating func take(_ word: UnsafePointer<UInt8>, _ length: Int, scalars: Int) {
    guard length <= WordCache.longestWord else { return resolve(word, length) }
    let place = cache.place(of: word, length)
    if WordCache.read(place, word, length, into: &ids) { return }
    let before = ids.count
    resolve(word, length)
    WordCache.write(place, word, length, ids: ids.start + before, ids.count - before)
  }

  /// Appends the ids of a chunk that is not remembered.
  private mutating func resolve(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    let scalars = text.unicodeScalars.map { TrackedScalar(scalar: $0.value, range: 0..<0) }
    for word in chunk.words(scalars) { chunk.append(word, model, into: &ids) }
  }
}
