/// Splits a chunk between white space as `BasicTokenizer` of transformers 4.57 does once the text is cleaned and in
/// lower case: NFC, `never_split`, accents, punctuation.
struct SlowChunk: Sendable {
  private let whole: WholeTokens
  private let strips: Bool
  private let composition = CanonicalComposition.python
  private let properties = ScalarProperties.python

  init(_ configuration: TokenizerConfiguration) {
    whole = WholeTokens(configuration)
    strips = configuration.normalizer.stripsAccentsResolved
  }

  /// The words of `chunk`.
  func words(_ chunk: [TrackedScalar]) -> [[TrackedScalar]] {
    var scalars = composition.compose(chunk)
    if whole.isKept(TrackedScalar.bytes(scalars)) { return [scalars] }
    if strips {
      scalars = composition.decompose(scalars).filter { !properties.flags(of: $0.scalar).contains(.nonspacingMark) }
      if whole.isKept(TrackedScalar.bytes(scalars)) { return [scalars] }
    }
    var words: [[TrackedScalar]] = [[]]
    for scalar in scalars {
      let flags = properties.flags(of: scalar.scalar)
      if flags.contains(.white) {
        words.append([])
      } else if flags.contains(.punctuation) {
        words += [[scalar], []]
      } else {
        words[words.count - 1].append(scalar)
      }
    }
    return words.filter { !$0.isEmpty }
  }

  /// Appends the ids of a word, looked up whole where it is never split.
  func append(
    _ word: [TrackedScalar], _ model: WordPieceModel, into ids: inout GrowingBuffer<Int32>,
    piece: (Int) -> Void = { _ in }
  ) {
    TrackedScalar.bytes(word).withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      if whole.isNeverSplit(Array(bytes)) {
        let id = model.trie.value(of: bytes)
        ids.append(id < 0 ? model.unknownID : id)
      } else if word.count > model.maximumCharacters {
        ids.append(model.unknownID)
      } else {
        model.split(start, bytes.count, into: &ids, piece: piece)
      }
    }
  }
}
