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
  mutating func batch(from place: Int, count: Int) -> MaskedBatch {
    var sequences: [(sequence: Int, epoch: Int)] = []
    for next in place..<(place + count) { sequences.append(order.sequence(at: next)) }
    return maker.batch(sequences)
  }
}
