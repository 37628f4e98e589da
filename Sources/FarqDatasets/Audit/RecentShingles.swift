/// The shingles of texts, those asked for lately kept.
struct RecentShingles {
  private let text: (Int) -> String
  private var kept: [Int: [UInt64]] = [:]
  private var keptCount = 0
  /// Shingles kept at most: 64 MiB.
  private static let limit = 8 << 20

  /// - Parameter text: a text by its place.
  init(text: @escaping (Int) -> String) {
    self.text = text
  }

  /// The shingles of the text at `place`.
  mutating func shingles(of place: Int) -> [UInt64] {
    if let shingles = kept[place] { return shingles }
    let shingles = Shingles.of(text(place))
    if keptCount + shingles.count > Self.limit {
      kept.removeAll(keepingCapacity: true)
      keptCount = 0
    }
    kept[place] = shingles
    keptCount += shingles.count
    return shingles
  }
}
