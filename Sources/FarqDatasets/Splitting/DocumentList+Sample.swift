import FarqCore

extension DocumentList {
  /// Documents whose texts come to at most `byteCount` bytes, drawn by seed, in their order; all where they fit.
  ///
  /// For steps that hold all their texts in memory.
  public func sample(byteCount limit: Int, seed: UInt64) -> DocumentList {
    guard byteCount > limit else { return self }
    var generator = SeededGenerator(seed: seed)
    var order = Array(indices)
    generator.shuffle(&order)
    var left = limit
    let kept = order.prefix { index in
      left -= byteCount(at: index)
      return left >= 0
    }
    return selecting(kept.sorted())
  }
}
