/// Finds the pairs of texts that share most of their runs of three words: MinHash signatures, locality-sensitive
/// hashing for candidates, and the exact Jaccard similarity of every candidate pair.
///
/// Texts are read again when they are compared; what stays of each is 256 bytes, the keys of its bands.
struct NearDuplicates {
  /// The number of texts.
  let count: Int
  /// A text by its place.
  let text: (Int) -> String
  /// In a bucket larger than this, as boilerplate makes, each text is compared with the bucket's first texts and
  /// its predecessor only, so that the work stays linear.
  private static let fullBucket = 64

  /// The pairs whose similarity reaches `threshold`, in order.
  func pairs(threshold: Double) -> [DuplicateIndex.NearPair] {
    var pairs: [DuplicateIndex.NearPair] = []
    var recent = RecentShingles(text: text)
    for candidate in candidates() {
      let (first, second) = (Int(candidate >> 32), Int(candidate & 0xFFFF_FFFF))
      let (one, other) = (recent.shingles(of: first), recent.shingles(of: second))
      // Sets of very different size cannot be similar enough.
      guard Double(min(one.count, other.count)) >= threshold * Double(max(one.count, other.count)) else { continue }
      let similarity = Shingles.similarity(one, other)
      if similarity >= threshold { pairs.append(.init(first: first, second: second, similarity: similarity)) }
    }
    return pairs
  }

  /// The pairs that share a band, each once, packed as `first << 32 | second`, in order.
  private func candidates() -> [UInt64] {
    let (keys, present) = bandKeys()
    var found: Set<UInt64> = []
    for band in 0..<MinHashSignature.bands {
      let keyed = present.enumerated().map { row, text in (keys[row * MinHashSignature.bands + band], Int(text)) }
      Self.collect(keyed.sorted { $0 < $1 }, into: &found)
    }
    return found.sorted()
  }

  /// The keys of the bands of each text that has words, and the places of these texts.
  private func bandKeys() -> (keys: [UInt64], present: [Int32]) {
    var keys: [UInt64] = []
    var present: [Int32] = []
    var signature = [UInt32](repeating: 0, count: MinHashSignature.count)
    for place in 0..<count {
      let shingles = Shingles.of(text(place))
      guard !shingles.isEmpty else { continue }
      present.append(Int32(place))
      signature.withUnsafeMutableBufferPointer { MinHashSignature.write(of: shingles, to: $0) }
      signature.withUnsafeBufferPointer { signature in
        for band in 0..<MinHashSignature.bands { keys.append(MinHashSignature.key(of: band, in: signature)) }
      }
    }
    return (keys, present)
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
