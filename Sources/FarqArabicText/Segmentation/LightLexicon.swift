/// What ``LightSegmenter`` knows of single words. The lists were written for Farq; they hold common words of news
/// whose letters look like prefixes or suffixes and are none, and the few short words that take them.
enum LightLexicon {
  /// Words that are never cut.
  static let whole = set(LightWordLists.whole)
  private static let stems = set(LightWordLists.stems)
  private static let ends = set(LightWordLists.ends)
  private static let particles = set(LightWordLists.particles)
  private static let nouns = set(LightWordLists.nouns)
  private static let endings = set(LightWordLists.endings)
  private static let combinations = makeCombinations()

  private static func set(_ words: String) -> Set<Scalars> {
    Set(words.split(whereSeparator: \.isWhitespace).map { ScalarText.decode(String($0)) })
  }

  /// Whether nothing is to be cut from the front: a whole word, or a stem of the list, with an ending or without.
  static func isWhole(_ word: Scalars) -> Bool {
    whole.contains(word) || beginsWithStem(word)
  }

  /// Whether the word begins with a و of its own.
  static func beginsWithWaw(_ word: Scalars) -> Bool { beginsWithStem(word) }

  private static func beginsWithStem(_ word: Scalars) -> Bool {
    var length = word.count
    while length >= 3 {
      if stems.contains(Scalars(word.prefix(length))) {
        return length == word.count || endings.contains(Scalars(word.dropFirst(length)))
      }
      length -= 1
    }
    return false
  }

  /// Whether the word's last letters are its own.
  static func keepsEnd(_ word: Scalars) -> Bool { ends.contains(word) || whole.contains(word) }

  /// Whether ب, ل, ك and ف are cut from before the word however short it is.
  static func isParticle(_ word: Scalars) -> Bool { particles.contains(word) || combinations[word] != nil }

  /// Whether ب and ل are cut from before the noun.
  static func isCommonNoun(_ word: Scalars) -> Bool {
    if nouns.contains(word) { return true }
    return word.count >= 4
      && [1, 2, 3].contains { count in
        word.count - count >= 3 && endings.contains(Scalars(word.suffix(count)))
          && nouns.contains(Scalars(word.dropLast(count)))
      }
  }

  /// A preposition or particle with a pronoun: `عليه`, `لهم`.
  static func closed(_ word: Scalars) -> LightCut? { combinations[word] }

  private static func makeCombinations() -> [Scalars: LightCut] {
    var table: [Scalars: LightCut] = [:]
    let pronouns = LightWordLists.pronouns.split(separator: " ").map { ScalarText.decode(String($0)) }
    for host in LightWordLists.hosts.split(whereSeparator: \.isWhitespace).map({ ScalarText.decode(String($0)) }) {
      for pronoun in pronouns {
        let cut =
          host.count == 1
          ? LightCut(prefixes: [host], stem: pronoun) : LightCut(stem: host, suffixes: [pronoun])
        table[host + pronoun] = cut
      }
    }
    for word in set(LightWordLists.notCombined) { table[word] = nil }
    return table
  }
}
