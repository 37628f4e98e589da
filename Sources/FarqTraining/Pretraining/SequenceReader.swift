/// Reads a corpus in one of a run's two lengths.
struct SequenceReader {
  private let maker: MaskedBatchMaker
  private var order: SequenceOrder

  init(_ maker: MaskedBatchMaker, shuffles: Bool) {
    self.maker = maker
    order = SequenceOrder(count: maker.layout.count, seed: maker.seed, shuffles: shuffles)
  }

  /// The number of sequences of an epoch.
  var count: Int { order.count }

  /// The batch of `count` sequences from `place` on.
  ///
  /// - Parameters:
  ///   - part: of so many processes that deal the batch out, this one's number.
  mutating func batch(from place: Int, count: Int, part: Int = 0, of parts: Int = 1) -> MaskedBatch {
    var sequences: [(sequence: Int, epoch: Int)] = []
    for next in place..<(place + count) {
      let sequence = order.sequence(at: next)
      if (next - place) % parts == part { sequences.append(sequence) }
    }
    return maker.batch(sequences)
  }
}
