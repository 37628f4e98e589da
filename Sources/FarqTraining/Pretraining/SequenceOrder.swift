import FarqCore

/// The order in which sequences are read: every one once an epoch, shuffled by seed and epoch. What stands at a place
/// depends on the place alone, so that a resumed run replays nothing.
struct SequenceOrder {
  let count: Int
  let seed: UInt64
  let shuffles: Bool
  private var epoch = -1
  private var order: [Int] = []

  init(count: Int, seed: UInt64, shuffles: Bool) {
    self.count = count
    self.seed = seed
    self.shuffles = shuffles
  }

  /// The sequence at `place` (from 0, without end), and the epoch that it belongs to.
  mutating func sequence(at place: Int) -> (sequence: Int, epoch: Int) {
    let wanted = place / count
    if wanted != epoch {
      epoch = wanted
      order = Array(0..<count)
      var generator = SeededGenerator(seed: seed &+ UInt64(wanted) &* 0x9E37_79B9)
      if shuffles { generator.shuffle(&order) }
    }
    return (order[place % count], wanted)
  }
}
