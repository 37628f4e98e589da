/// A MinHash signature by one permutation (Li, Owen and Zhang, NIPS 2012) with optimal densification (Shrivastava,
/// ICML 2017): the share of equal values of two signatures estimates the Jaccard similarity of their sets.
enum MinHashSignature {
  /// The number of values.
  static let count = 128
  /// The number of bands that locality-sensitive hashing compares, of `count / bands` values each. Two texts of
  /// similarity s meet with probability 1 − (1 − s⁴)³²: 0.99999 at 0.75, 0.87 at 0.5.
  static let bands = 32

  /// Writes the signature of a set of hashes, which must not be empty, to `signature` (of `count` values).
  static func write(of shingles: [UInt64], to signature: UnsafeMutableBufferPointer<UInt32>) {
    signature.update(repeating: .max)
    for shingle in shingles {
      // The top bits choose the bin, the rest is the value in it.
      let hash = WordScanner.mixed(shingle ^ 0x5EED_0F_FA_4B)
      let bin = Int(hash >> 57)
      signature[bin] = min(signature[bin], UInt32(truncatingIfNeeded: hash) & 0x7FFF_FFFF)
    }
    densify(signature)
  }

  /// Fills each empty bin from a full one, chosen by a hash of the bin and the attempt.
  private static func densify(_ signature: UnsafeMutableBufferPointer<UInt32>) {
    let full = signature.map { $0 != .max }
    guard full.contains(true) else { return }
    for bin in 0..<count where !full[bin] {
      var attempt: UInt64 = 1
      while true {
        let other = Int(WordScanner.mixed(UInt64(bin) << 32 | attempt) >> 57)
        if full[other] {
          signature[bin] = signature[other]
          break
        }
        attempt += 1
      }
    }
  }

  /// The key of one band of a signature.
  static func key(of band: Int, in signature: UnsafeBufferPointer<UInt32>) -> UInt64 {
    let rows = count / bands
    var key = UInt64(band) &* 0x9E37_79B9_7F4A_7C15
    for row in 0..<rows { key = WordScanner.mixed(key ^ UInt64(signature[band * rows + row])) }
    return key
  }
}
