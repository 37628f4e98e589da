import FarqCore
import FarqTraining
import Testing

@Suite struct SequenceLayoutTests {
  /// Every token stands in one piece, in order; pieces keep to their documents; sequences are full but for a few tokens.
  @Test(arguments: [12, 24, 128]) func packsEverythingIntoFullSequences(length: Int) {
    let corpus = MaskedText.corpus(documents: 300, seed: 4)
    let layout = SequenceLayout(corpus, length: length)
    var next = 0
    let ends = Set(corpus.ends)
    for sequence in 0..<layout.count {
      let pieces = layout[sequence]
      let tokens = pieces.reduce(0) { $0 + $1.count + 2 }
      #expect(tokens <= length)
      if sequence + 1 < layout.count { #expect(tokens > length - SequenceLayout.shortestPiece - 2) }
      for piece in pieces {
        #expect(piece.lowerBound == next && !piece.isEmpty)
        #expect(!(piece.lowerBound + 1..<piece.upperBound).contains(where: ends.contains))
        next = piece.upperBound
      }
    }
    #expect(next == corpus.tokenCount)
  }
}
