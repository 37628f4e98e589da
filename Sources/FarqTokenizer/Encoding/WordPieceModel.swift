/// WordPiece's longest-match-first splitting of one word, over the trie (`WordPiece::tokenize` of `tokenizers`).
struct WordPieceModel: Sendable {
  let trie: DoubleArrayTrie
  /// The state that the prefix of continuing pieces leads to, or -1 where no piece has it.
  let continuation: Int32
  let unknownID: Int32
  let maximumCharacters: Int

  init(vocabulary: Vocabulary, unknownID: Int32, continuingPrefix: String, maximumCharacters: Int) {
    trie = vocabulary.trie
    var prefix = continuingPrefix
    continuation = prefix.withUTF8 { [trie] in trie.walk($0) }
    self.unknownID = unknownID
    self.maximumCharacters = maximumCharacters
  }

  /// Appends the ids of a word of `length` bytes, which has at most ``maximumCharacters`` scalars; the unknown id
  /// where it cannot be split. Calls `piece` with each piece's end.
  @inline(__always)
  func split(
    _ word: UnsafePointer<UInt8>, _ length: Int, into ids: inout GrowingBuffer<Int32>, piece: (Int) -> Void = { _ in }
  ) {
    let before = ids.count
    var start = 0
    while start < length {
      var state = start == 0 ? 0 : continuation
      var best: Int32 = -1
      var bestEnd = start
      var position = start
      while state >= 0, position < length {
        state = trie.step(state, word[position])
        position += 1
        if state >= 0, trie.nodes[Int(state)].value >= 0 {
          best = trie.nodes[Int(state)].value
          bestEnd = position
        }
      }
      guard best >= 0 else {
        ids.count = before
        ids.append(unknownID)
        return
      }
      ids.append(best)
      piece(bestEnd)
      start = bestEnd
    }
  }
}
