/// Cuts conjunction, preposition or future, and article from the front of a word.
enum LightPrefixes {
  private static let alef: UInt32 = 0x627
  private static let lam: UInt32 = 0x644
  private static let waw: UInt32 = 0x648
  private static let feh: UInt32 = 0x641
  private static let beh: UInt32 = 0x628
  private static let kaf: UInt32 = 0x643
  private static let seen: UInt32 = 0x633

  static func cut(_ cut: inout LightCut) {
    cutConjunction(&cut)
    if LightLexicon.isWhole(cut.stem) { return }
    cutPreposition(&cut)
    if !cut.isDefinite { cutArticle(&cut) }
  }

  /// و before almost anything that is no known word with a و of its own, ف only before what shows itself.
  private static func cutConjunction(_ cut: inout LightCut) {
    let word = cut.stem
    guard word.count >= 3, word[0] == waw || word[0] == feh, !LightLexicon.isWhole(word) else { return }
    let rest = word.dropFirst()
    if word[0] == waw {
      if hasArticle(rest) || LightLexicon.isWhole(rest) || LightLexicon.has(.combined, rest) {
        cut.cutPrefix(1)
      } else if rest.count >= 3, !LightLexicon.beginsWithWaw(word) {
        cut.cutPrefix(1)
      }
    } else if word[0] == feh, hasArticle(rest) || LightLexicon.isParticle(rest) {
      cut.cutPrefix(1)
    }
  }

  /// `ب`, `ك`, `ل`, `لل` before nouns, `س` before verbs of the present.
  private static func cutPreposition(_ cut: inout LightCut) {
    let word = cut.stem
    guard word.count >= 4 || (word.count == 3 && LightLexicon.isParticle(word.dropFirst())) else { return }
    let rest = word.dropFirst()
    switch word[0] {
    case beh, kaf:
      if hasArticle(rest) || LightLexicon.isParticle(rest) || (word[0] == beh && isNounForm(rest)) { cut.cutPrefix(1) }
    case lam:
      if word[1] == lam, word.count >= 4, !LightLexicon.isParticle(rest) {
        cut.cutPrefix(1)
        cut.cutPrefix(1)
        cut.isDefinite = true
      } else if LightLexicon.isParticle(rest) || isNounForm(rest) || isPresentVerb(rest) {
        cut.cutPrefix(1)
      }
    case seen:
      if isPresentVerb(rest) { cut.cutPrefix(1) }
    default: break
    }
  }

  /// `ال` before at least two more letters that are no verb of form VIII (`التقى`).
  private static func cutArticle(_ cut: inout LightCut) {
    guard hasArticle(cut.stem) else { return }
    cut.cutPrefix(2)
    cut.isDefinite = true
  }

  private static func hasArticle(_ word: WordView) -> Bool {
    word.count >= 4 && word[0] == alef && word[1] == lam && !LightLexicon.isWhole(word)
  }

  /// What `ب` and `ل` are cut from though it has no article: masdars and participles with م, ت, إ, أ, or with the
  /// alef of the forms VII to X, and nouns of the list.
  private static func isNounForm(_ rest: WordView) -> Bool {
    if LightLexicon.isCommonNoun(rest) { return true }
    guard rest.count >= 4 else { return false }
    switch rest[0] {
    case 0x645: return rest.count >= 5 || rest.last == 0x629
    case 0x62A, 0x625: return true
    case 0x623: return rest.count >= 4
    case alef: return isDerivedForm(rest)
    default: return false
    }
  }

  /// `است…`, `ان…`, and a ت or its double as third letter: `انتظار`, `اجتماع`, `اتفاق`.
  private static func isDerivedForm(_ word: WordView) -> Bool {
    guard word.count >= 5 else { return false }
    return word[2] == 0x62A || word[1] == 0x62A || (word[1] == 0x646 && word[3] == alef)
      || (word[1] == 0x646 && word[4] == alef) || (word[1] == 0x636 && word[2] == 0x637)
      || (word[1] == 0x635 && word[2] == 0x637) || (word[1] == 0x632 && word[2] == 0x62F)
  }

  /// ي, ت or ن and at least three letters: what س and ل stand before.
  private static func isPresentVerb(_ rest: WordView) -> Bool {
    rest.count >= 4 && (rest[0] == 0x64A || rest[0] == 0x62A || rest[0] == 0x646 || rest[0] == 0x623)
  }
}
