/// Turns chunks between white space into ids as the slow `BertTokenizer` of transformers 4.57 does, remembering the
/// latest ones: NFC, `never_split`, accents, punctuation, WordPiece. The chunks come cleaned and in lower case.
struct SlowChunkSink: EncodingSink {
  private let model: WordPieceModel
  private let whole: WholeTokens
  private let strips: Bool
  private let composition = CanonicalComposition.python
  private let properties = ScalarProperties.python
  private let cache = WordCache()
  var ids = GrowingBuffer<Int32>(capacity: 1024)
  var limit = Int.max

  init(model: WordPieceModel, configuration: TokenizerConfiguration) {
    self.model = model
    whole = WholeTokens(configuration)
    strips = configuration.normalizer.stripsAccentsResolved
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
  private mutating func resolve(_ chunk: UnsafePointer<UInt8>, _ length: Int) {
    let text = String(decoding: UnsafeBufferPointer(start: chunk, count: length), as: UTF8.self)
    var scalars = composition.compose(text.unicodeScalars.map(\.value))
    if takeKept(scalars) { return }
    if strips {
      scalars = composition.decompose(scalars).filter { !properties.flags(of: $0).contains(.nonspacingMark) }
      if takeKept(scalars) { return }
    }
    var word: [UInt32] = []
    for scalar in scalars {
      let flags = properties.flags(of: scalar)
      if flags.contains(.white) || flags.contains(.punctuation) {
        takePiece(word)
        word.removeAll(keepingCapacity: true)
        if flags.contains(.punctuation) { takePiece([scalar]) }
      } else {
        word.append(scalar)
      }
    }
    takePiece(word)
  }

  /// Takes a chunk that is kept whole; false where it is not.
  private mutating func takeKept(_ scalars: [UInt32]) -> Bool {
    guard whole.isKept(bytes(scalars)) else { return false }
    takePiece(scalars)
    return true
  }

  private mutating func takePiece(_ scalars: [UInt32]) {
    guard !scalars.isEmpty else { return }
    let bytes = bytes(scalars)
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      if whole.isNeverSplit(Array(bytes)) {
        let id = model.trie.value(of: bytes)
        ids.append(id < 0 ? model.unknownID : id)
      } else if scalars.count > model.maximumCharacters {
        ids.append(model.unknownID)
      } else {
        model.split(start, bytes.count, into: &ids)
      }
    }
  }

  private func bytes(_ scalars: [UInt32]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return Array(String(text).utf8)
  }
}
