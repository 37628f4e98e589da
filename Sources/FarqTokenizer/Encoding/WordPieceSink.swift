/// Turns words into ids, remembering the latest ones.
struct WordPieceSink: EncodingSink {
  private let model: WordPieceModel
  private let cache = WordCache()
  var ids = GrowingBuffer<Int32>(capacity: 1024)
  var limit = Int.max

  init(model: WordPieceModel) {
    self.model = model
  }

  func free() {
    cache.free()
    ids.free()
  }

  @inline(__always)
  mutating func take(_ word: UnsafePointer<UInt8>, _ length: Int, scalars: Int) {
    guard scalars <= model.maximumCharacters else { return ids.append(model.unknownID) }
    guard length <= WordCache.longestWord else { return model.split(word, length, into: &ids) }
    let place = cache.place(of: word, length)
    if WordCache.read(place, word, length, into: &ids) { return }
    let before = ids.count
    model.split(word, length, into: &ids)
    WordCache.write(place, word, length, ids: ids.start + before, ids.count - before)
  }
}
