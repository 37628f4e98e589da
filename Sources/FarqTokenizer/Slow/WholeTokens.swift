/// The tokens that the slow tokenizer keeps whole.
struct WholeTokens: Sendable {
  private let neverSplit: Set<[UInt8]>
  private let special: Set<[UInt8]>

  init(_ configuration: TokenizerConfiguration) {
    neverSplit = Set(configuration.neverSplit.map { Array($0.utf8) })
    let added = configuration.addedTokens.filter(\.isSpecial).map(\.content)
    special = Set((configuration.specialTokens + added).map { Array($0.utf8) })
  }

  /// Whether `word` is looked up as it is, never split into pieces.
  func isNeverSplit(_ word: [UInt8]) -> Bool { neverSplit.contains(word) }

  /// Whether `word` is kept from lower case, accent stripping and punctuation splitting.
  func isKept(_ word: [UInt8]) -> Bool { neverSplit.contains(word) || special.contains(word) }
}
