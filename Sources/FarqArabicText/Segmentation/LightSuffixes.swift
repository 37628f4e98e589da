/// Cuts pronouns, then endings of number, gender and case from the end of a stem.
enum LightSuffixes {
  private static let pronouns: [(letters: Scalars, stem: Int)] = [
    ("هما", 3), ("كما", 3), ("ها", 3), ("هم", 3), ("هن", 3), ("كم", 3), ("كن", 4), ("نا", 3), ("ه", 3),
  ].map { (ScalarText.decode($0.0), $0.1) }
  private static let us = ScalarText.decode("نا")
  private static let tehMarbuta: UInt32 = 0x629
  private static let teh: UInt32 = 0x62A
  private static let alef: UInt32 = 0x627
  private static let waw: UInt32 = 0x648
  private static let noon: UInt32 = 0x646
  private static let yeh: UInt32 = 0x64A

  static func cut(_ cut: inout LightCut) {
    if !cut.isDefinite, cutPronoun(&cut) {
      cutBeforePronoun(&cut)
      return
    }
    if cut.stem.last == tehMarbuta, cut.stem.count >= 3 { return cut.cutSuffix(1) }
    if cutPlural(&cut) { return }
    if !cut.isDefinite { cutVerbOrCase(&cut) }
  }

  private static func isLongVowel(_ letter: UInt32) -> Bool { letter == waw || letter == yeh || letter == alef }

  private static func ends(_ word: WordView, _ letters: Scalars) -> Bool {
    let start = word.count - letters.count
    for index in 0..<letters.count where word[start + index] != letters[index] { return false }
    return true
  }

  private static func ends(_ word: WordView, _ first: UInt32, _ second: UInt32) -> Bool {
    word.count >= 2 && word[word.count - 2] == first && word[word.count - 1] == second
  }

  private static func cutPronoun(_ cut: inout LightCut) -> Bool {
    for (letters, stem) in pronouns where cut.stem.count >= letters.count + stem && ends(cut.stem, letters) {
      guard !LightLexicon.keepsEnd(cut.stem) else { return false }
      // `مليونا`: after a long vowel ن is the stem's and ا the accusative's.
      if letters == us, isLongVowel(cut.stem[cut.stem.count - 3]) { continue }
      cut.cutSuffix(letters.count)
      return true
    }
    return false
  }

  /// `ات` of a plural, or the `ت` that teh marbuta becomes.
  private static func cutBeforePronoun(_ cut: inout LightCut) {
    guard !LightLexicon.keepsEnd(cut.stem) else { return }
    if ends(cut.stem, alef, teh), cut.stem.count >= 5 {
      cut.cutSuffix(2)
    } else if cut.stem.last == teh, cut.stem.count >= 4 {
      cut.cutSuffix(1)
    }
  }

  /// `ات`, `ون`, `ين`, `ان`; before a dual's ending the `ت` of teh marbuta too.
  private static func cutPlural(_ cut: inout LightCut) -> Bool {
    let word = cut.stem
    guard word.count >= 4, word.last == teh || word.last == noon, !LightLexicon.keepsEnd(word) else { return false }
    if ends(word, alef, teh) {
      cut.cutSuffix(2)
      return true
    }
    guard word.count >= 5 else { return false }
    let isDual = word[word.count - 3] == teh
    let isMasdar = word.count == 5 && word[0] == teh
    let isPlural = (ends(word, waw, noon) || ends(word, yeh, noon)) && !isMasdar
    guard isPlural || (ends(word, alef, noon) && isDual && word.count >= 6) else { return false }
    cut.cutSuffix(2)
    if isDual, !ends(word, waw, noon), cut.stem.count >= 3, !LightLexicon.keepsEnd(cut.stem) { cut.cutSuffix(1) }
    return true
  }

  /// `وا` and `ت` of verbs, and the alef of the accusative.
  private static func cutVerbOrCase(_ cut: inout LightCut) {
    let word = cut.stem
    guard word.count >= 4, word.last == teh || word.last == alef, !LightLexicon.keepsEnd(word) else { return }
    if ends(word, waw, alef), word.count >= 5 { return cut.cutSuffix(2) }
    if word.last == teh, word[word.count - 2] != yeh, word[word.count - 2] != waw, word[word.count - 2] != alef {
      return cut.cutSuffix(1)
    }
    if word.last == alef, word[word.count - 2] != yeh, word[word.count - 2] != alef { cut.cutSuffix(1) }
  }
}
