/// Lays Farasa's answer against the words that it was asked for.
enum FarasaAnswer {
  /// What each word became, its parts with a space between them where Farasa parted it (`[رابط]` becomes
  /// `[ رابط ]`); nil where the letters without `+` are not the words'.
  static func align(_ answer: String, with words: [Scalars]) -> [String]? {
    var tokens = ScalarText.words(ScalarText.decode(answer))[...]
    var result: [String] = []
    for word in words {
      let wanted = letters(word[...])
      var found: Scalars = []
      var parts: [Scalars] = []
      while found.count < wanted.count, let token = tokens.popFirst() {
        found += letters(token)
        parts.append(Scalars(token))
      }
      guard found == wanted else { return nil }
      result.append(ScalarText.encode(AffixPieces.join(parts)))
    }
    return tokens.isEmpty ? result : nil
  }

  private static func letters(_ text: ArraySlice<UInt32>) -> Scalars {
    text.filter { $0 != 0x2B }
  }
}
