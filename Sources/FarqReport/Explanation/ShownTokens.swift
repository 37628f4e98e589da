/// The tokens that a map shows: all, or of a long text those with the strongest attribution, in the text's order.
struct ShownTokens: Sendable {
  /// Their places among all tokens.
  let places: [Int]
  /// How many there are in all.
  let total: Int

  /// As many as a page can show legibly.
  static let limit = 32

  init(_ tokens: [ExplainedToken], limit: Int = ShownTokens.limit) {
    total = tokens.count
    guard tokens.count > limit else {
      places = Array(tokens.indices)
      return
    }
    // [CLS] is what the classifier reads: it always stays.
    let strongest = tokens.indices.dropFirst()
      .sorted { (abs(tokens[$0].attribution), $1) > (abs(tokens[$1].attribution), $0) }
    places = ([0] + strongest.prefix(limit - 1)).sorted()
  }

  /// Whether some are left out.
  var isPart: Bool { places.count < total }

  /// The rows and columns of `map` that are shown.
  func of(_ map: [[Float]]) -> [[Double]] {
    places.map { row in places.map { row < map.count && $0 < map[row].count ? Double(map[row][$0]) : 0 } }
  }
}
