/// Finds the pairs of texts that share most of their runs of three words: MinHash signatures, locality-sensitive
/// hashing for candidates, and the exact Jaccard similarity of every candidate pair.
enum NearDuplicates {
  /// In a bucket larger than this, as boilerplate makes, each text is compared with the bucket's first texts and
  /// its predecessor only, so that the work stays linear.
  private static let fullBucket = 64

  /// The pairs whose similarity reaches `threshold`, in order.
  static func pairs(of texts: [String], threshold: Double) -> [DuplicateIndex.NearPair] {
    let shingles = texts.map(Shingles.of)
    var pairs: [DuplicateIndex.NearPair] = []
    for candidate in candidates(shingles) {
      let (first, second) = (Int(candidate >> 32), Int(candidate & 0xFFFF_FFFF))
      // Sets of very different size cannot be similar enough.
      let sizes = (shingles[first].count, shingles[second].count)
      guard Double(min(sizes.0, sizes.1)) >= threshold * Double(max(sizes.0, sizes.1)) else { continue }
      let similarity = Shingles.similarity(shingles[first], shingles[second])
      if similarity >= threshold { pairs.append(.init(first: first, second: second, similarity: similarity)) }
    }
    return pairs
  }

  /// The pairs that share a band, each once, packed as `first << 32 | second`, in order.
  private static func candidates(_ shingles: [[UInt64]]) -> [UInt64] {
    let count = MinHashSignature.count
    let present = shingles.indices.filter { !shingles[$0].isEmpty }
    var signatures = [UInt32](repeating: 0, count: present.count * count)
    signatures.withUnsafeMutableBufferPointer { all in
      for (row, text) in present.enumerated() {
        MinHashSignature.write(of: shingles[text], to: .init(rebasing: all[row * count..<(row + 1) * count]))
      }
    }
    var found: Set<UInt64> = []
    for band in 0..<MinHashSignature.bands {
      let keyed = signatures.withUnsafeBufferPointer { all in
        present.enumerated().map { row, text in
          (MinHashSignature.key(of: band, in: .init(rebasing: all[row * count..<(row + 1) * count])), text)
        }
      }
      collect(keyed.sorted { $0 < $1 }, into: &found)
    }
    return found.sorted()
  }

  private static func collect(_ keyed: [(key: UInt64, text: Int)], into found: inout Set<UInt64>) {
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
      for second in start + 1..<max(end, start + 1) {
        let isFull = end - start > fullBucket
        for first in start..<second where !isFull || first - start < fullBucket / 2 || first == second - 1 {
          found.insert(UInt64(keyed[first].text) << 32 | UInt64(keyed[second].text))
        }
      }
      start = end
    }
  }
}
