/// How a corpus is packed into sequences of full length.
///
/// A sequence holds pieces of documents, each with `[CLS]` and `[SEP]` and each attending to itself alone, until it is
/// full: a document's end is followed by the next document, a sequence's end cuts it, and the next sequence goes on.
package struct SequenceLayout {
  /// Pieces of fewer tokens have no context to predict from; a sequence may stay so much short of full.
  package static let shortestPiece = 8

  private var pieces: [Range<Int>] = []
  /// Where each sequence's pieces begin, and their end.
  private var starts: [Int] = [0]

  /// Packs `corpus` into sequences of `length` tokens, `[CLS]` and `[SEP]` counted.
  package init(_ corpus: TokenCorpus, length: Int) {
    var room = length
    var place = 0
    for end in corpus.ends {
      while place < end {
        if room < min(length, Self.shortestPiece + 2) {
          starts.append(pieces.count)
          room = length
        }
        let count = min(room - 2, end - place)
        pieces.append(place..<(place + count))
        place += count
        room -= count + 2
      }
    }
    if starts.last != pieces.count { starts.append(pieces.count) }
  }

  /// The number of sequences.
  package var count: Int { starts.count - 1 }

  /// The pieces of a sequence, as places in the corpus.
  package subscript(sequence: Int) -> ArraySlice<Range<Int>> {
    pieces[starts[sequence]..<starts[sequence + 1]]
  }
}
