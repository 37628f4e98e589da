/// What ``LightSegmenter`` knows of single words. The lists were written for Farq; they hold common words of news
/// whose letters look like prefixes or suffixes and are none, and the few short words that take them.
enum LightLexicon {
  /// The lists that a word may stand in.
  struct Lists: OptionSet {
    let rawValue: UInt16
    /// Never cut.
    static let whole = Lists(rawValue: 1)
    static let stems = Lists(rawValue: 2)
    static let ends = Lists(rawValue: 4)
    static let particles = Lists(rawValue: 8)
    static let nouns = Lists(rawValue: 16)
    static let endings = Lists(rawValue: 32)
    /// A particle with a pronoun, parted after one letter.
    static let pronounAfterOne = Lists(rawValue: 64)
    /// A particle with a pronoun of one, two or three letters.
    static let pronounOf1 = Lists(rawValue: 128)
    static let pronounOf2 = Lists(rawValue: 256)
    static let pronounOf3 = Lists(rawValue: 512)
    static let combined: Lists = [.pronounAfterOne, .pronounOf1, .pronounOf2, .pronounOf3]
  }

  private static let table = makeTable()

  /// The lists that `word` stands in.
  @inline(__always)
  static func lists(_ word: WordView) -> Lists { Lists(rawValue: table.value(of: word)) }

  /// Whether `word` stands in one of `wanted`.
  @inline(__always)
  static func has(_ wanted: Lists, _ word: WordView) -> Bool { !lists(word).isDisjoint(with: wanted) }

  /// Whether nothing is to be cut from the front: a whole word, or a stem of the list, with an ending or without.
  static func isWhole(_ word: WordView) -> Bool { has(.whole, word) || beginsWithStem(word) }

  /// Whether the word begins with a و of its own.
  static func beginsWithWaw(_ word: WordView) -> Bool { beginsWithStem(word) }

  /// By the longest stem that the word begins with.
  private static func beginsWithStem(_ word: WordView) -> Bool {
    guard word.count >= 3, firstLettersOfStems & bit(word[0]) != 0 else { return false }
    let length = table.longestPrefix(of: word, from: 3, with: Lists.stems.rawValue)
    return length > 0 && (length == word.count || has(.endings, word.dropFirst(length)))
  }

  /// Whether the word's last letters are its own.
  static func keepsEnd(_ word: WordView) -> Bool { has([.ends, .whole], word) }

  /// Whether ب, ل, ك and ف are cut from before the word however short it is.
  static func isParticle(_ word: WordView) -> Bool { has(.combined.union(.particles), word) }

  /// Whether ب and ل are cut from before the noun.
  static func isCommonNoun(_ word: WordView) -> Bool {
    if has(.nouns, word) { return true }
    guard word.count >= 4 else { return false }
    for count in 1...3 where word.count - count >= 3 {
      if has(.endings, word.suffix(count)), has(.nouns, word.dropLast(count)) { return true }
    }
    return false
  }

  /// A preposition or particle with a pronoun: `عليه`, `لهم`; `lists` are the word's.
  static func closed(_ word: WordView, _ lists: Lists) -> LightCut? {
    let found = lists.intersection(.combined)
    guard !found.isEmpty else { return nil }
    var cut = LightCut(stem: word)
    switch found {
    case .pronounAfterOne: cut.cutPrefix(1)
    case .pronounOf1: cut.cutSuffix(1)
    case .pronounOf2: cut.cutSuffix(2)
    default: cut.cutSuffix(3)
    }
    return cut
  }

  /// A bit for each letter that a stem of the list begins with.
  private static let firstLettersOfStems = words(LightWordLists.stems).reduce(UInt64(0)) { $0 | bit($1[0]) }

  /// The bit of an Arabic letter, U+0621 to U+064A.
  private static func bit(_ letter: UInt32) -> UInt64 { 1 << UInt64(letter & 63) }

  private static func words(_ list: String) -> [Scalars] {
    list.split(whereSeparator: \.isWhitespace).map { ScalarText.decode(String($0)) }
  }

  private static func makeTable() -> LexiconTable {
    var lists: [Scalars: UInt16] = [:]
    for (list, mark): (String, Lists) in [
      (LightWordLists.whole, .whole), (LightWordLists.stems, .stems), (LightWordLists.ends, .ends),
      (LightWordLists.particles, .particles), (LightWordLists.nouns, .nouns), (LightWordLists.endings, .endings),
    ] {
      for word in words(list) { lists[word, default: 0] |= mark.rawValue }
    }
    for host in words(LightWordLists.hosts) {
      for pronoun in words(LightWordLists.pronouns) {
        let mark: Lists =
          host.count == 1 ? .pronounAfterOne : [.pronounOf1, .pronounOf2, .pronounOf3][pronoun.count - 1]
        // Of two ways to part a word the later one counts.
        let others = lists[host + pronoun, default: 0] & ~Lists.combined.rawValue
        lists[host + pronoun] = others | mark.rawValue
      }
    }
    for word in words(LightWordLists.notCombined) { lists[word, default: 0] &= ~Lists.combined.rawValue }
    return LexiconTable(lists)
  }
}

/// A small table of words that is asked very often: a hash table over words that lie one after the other.
struct LexiconTable: Sendable {
  private struct Slot {
    var start: Int32
    var count: Int32
    var value: UInt16
  }

  /// The hashes of the words in their slots, apart from what else is known of them, so that a word that is not there costs
  /// little memory traffic; 0 where a slot is free.
  private let hashes: [UInt32]
  private let slots: [Slot]
  private let letters: [UInt32]
  private let longest: Int

  /// Makes a table; every value is above 0.
  init(_ words: [Scalars: UInt16]) {
    var size = 16
    while size < 3 * words.count { size *= 2 }
    var slots = [Slot](repeating: Slot(start: 0, count: 0, value: 0), count: size)
    var hashes = [UInt32](repeating: 0, count: size)
    var letters: [UInt32] = []
    for (word, value) in words where value > 0 {
      let hash = Self.finished(word.reduce(Self.seed, Self.mixed))
      var index = Int(hash) & (size - 1)
      while hashes[index] != 0 { index = (index + 1) & (size - 1) }
      hashes[index] = hash
      slots[index] = Slot(start: Int32(letters.count), count: Int32(word.count), value: value)
      letters += word
    }
    self.hashes = hashes
    self.slots = slots
    self.letters = letters
    longest = words.keys.map(\.count).max() ?? 0
  }

  /// The word's value; 0 where it is not in the table.
  func value(of word: WordView) -> UInt16 {
    guard word.count <= longest else { return 0 }
    var hash = Self.seed
    for index in 0..<word.count { hash = Self.mixed(hash, word[index]) }
    return value(of: word, hash)
  }

  /// The length of the longest beginning of `word`, of `shortest` letters or more, whose value has a bit of `wanted`; 0
  /// where there is none.
  func longestPrefix(of word: WordView, from shortest: Int, with wanted: UInt16) -> Int {
    var hash = Self.seed
    var found = 0
    for index in 0..<min(word.count, longest) {
      hash = Self.mixed(hash, word[index])
      if index + 1 >= shortest, value(of: word.prefix(index + 1), hash) & wanted != 0 { found = index + 1 }
    }
    return found
  }

  @inline(__always)
  private func value(of word: WordView, _ mixed: UInt64) -> UInt16 {
    let hash = Self.finished(mixed)
    return hashes.withUnsafeBufferPointer { hashes in
      var index = Int(hash) & (hashes.count - 1)
      while hashes[index] != 0 {
        if hashes[index] == hash, isWord(slots[index], word) { return slots[index].value }
        index = (index + 1) & (hashes.count - 1)
      }
      return 0
    }
  }

  private func isWord(_ slot: Slot, _ word: WordView) -> Bool {
    guard slot.count == word.count else { return false }
    for index in 0..<word.count where letters[Int(slot.start) + index] != word[index] { return false }
    return true
  }

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
    (hash ^ UInt64(scalar)) &* 0xFF51_AFD7_ED55_8CCD
  }

  @inline(__always)
  private static func finished(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) | 1 << 31 }
}
