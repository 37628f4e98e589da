/// A small seeded generator of random bits (SplitMix64, Steele et al. 2014): the same seed gives the same
/// numbers on every platform, which Swift's own generator does not promise.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Codable, Equatable {
  private var state: UInt64

  /// Makes a generator from a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A whole number in `0..<bound`, unbiased (Lemire's method).
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a bound is positive")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// Shuffles in place (Fisher and Yates), the same on every platform and Swift version.
  public mutating func shuffle<Element>(_ items: inout [Element]) {
    guard items.count > 1 else { return }
    for last in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(last, below(last + 1))
    }
  }
}
