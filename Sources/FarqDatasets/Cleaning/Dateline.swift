/// Recognises the line of place and source with which a news text starts, and the agency's letters at its end.
enum Dateline {
  /// Places that stand before a source's name, in words.
  private static let places: Set<String> = [
    "دبي", "أبوظبي", "أبو ظبي", "الشارقة", "عجمان", "رأس الخيمة", "الفجيرة", "أم القيوين", "العين", "القاهرة", "الرباط",
    "الدار البيضاء", "مراكش", "فاس", "طنجة", "أكادير", "الرياض", "جدة", "مكة", "مكة المكرمة", "الدمام",
    "المدينة المنورة",
    "بيروت", "دمشق", "عمان", "بغداد", "الكويت", "المنامة", "الدوحة", "مسقط", "صنعاء", "عدن", "الخرطوم", "تونس",
    "الجزائر",
    "طرابلس", "القدس", "القدس المحتلة", "غزة", "رام الله", "لندن", "باريس", "واشنطن", "نيويورك", "موسكو", "برلين",
    "أنقرة",
    "إسطنبول", "طهران", "بروكسل", "جنيف", "مدريد", "روما", "بكين", "طوكيو", "نيودلهي", "خورفكان", "كلباء",
  ]
  /// Names that are a source wherever a text starts with them.
  private static let sources: Set<String> = [
    "أخبارنا", "أخبارنا المغربية", "العربية.نت", "العربية نت", "رويترز", "أ ف ب", "أف ب", "ا ف ب", "د ب أ", "يو بي آي",
    "وام", "وكالات", "سي إن إن", "أ ب", "قنا", "واس",
  ]
  /// Names that are a source only after a place, or between quotation marks: alone they are words of the news.
  private static let sourcesAfterPlace: Set<String> = ["الخليج", "العربية", "الوكالات"]
  /// Agencies whose letters end a text.
  private static let credits: Set<String> = [
    "أ ف ب", "أف ب", "ا ف ب", "د ب أ", "يو بي آي", "رويترز", "وام", "وكالات", "سي إن إن", "أ ب", "قنا", "واس",
  ]
  /// What stands between place, source and text.
  private static let separators: Set<Unicode.Scalar> = [
    "-", "–", "—", ":", "،", ",", "/", "|", "\"", "(", ")", "[", "]", "«", "»",
  ]
  private static let longestPlace = 2
  private static let longestSource = 3

  private struct Word {
    /// The word without separators around it.
    var text: String
    /// The end of the word in the text.
    var textEnd: Int
    /// The end of the word in the text, separators after it included.
    var end: Int
    /// Whether separators or a line's end stood around it.
    var isSetApart: Bool
  }

  /// The number of scalars of the dateline that `text` starts with, separators after it included; 0 for none.
  static func length(in text: Substring.UnicodeScalarView) -> Int {
    let words = self.words(of: text.prefix(120), count: 2 * longestPlace + longestSource)
    for placeLength in [2, 1] where words.count > placeLength && places.contains(joined(words[..<placeLength])) {
      if let end = sourceEnd(words, from: placeLength, afterPlace: true) { return end }
    }
    guard let end = sourceEnd(words, from: 0, afterPlace: false) else { return 0 }
    return placeEnd(words, after: end) ?? end
  }

  /// The number of scalars of the agency's letters at the end of `text`; 0 for none.
  static func creditLength(in text: Substring.UnicodeScalarView) -> Int {
    let tail = text.suffix(60)
    let words = self.words(of: tail, count: 60)
    for length in (1...longestSource).reversed() where words.count > length {
      let first = words.count - length
      if credits.contains(joined(words[first...])) { return tail.count - words[first - 1].textEnd }
    }
    return 0
  }

  private static func sourceEnd(_ words: [Word], from start: Int, afterPlace: Bool) -> Int? {
    for length in (1...longestSource).reversed() where start + length <= words.count {
      let name = joined(words[start..<start + length])
      let last = words[start + length - 1]
      let isSource = sources.contains(name) && (afterPlace || last.isSetApart)
      if isSource || afterPlace && sourcesAfterPlace.contains(name) { return last.end }
    }
    return nil
  }

  /// The end of a place that follows the source after a dash: `أخبارنا المغربية - الرباط`.
  private static func placeEnd(_ words: [Word], after end: Int) -> Int? {
    guard let source = words.firstIndex(where: { $0.end == end }), words[source].isSetApart else { return nil }
    for length in (1...longestPlace).reversed() where source + length < words.count {
      let place = words[source + 1...source + length]
      if places.contains(joined(place)), words[source + length].isSetApart { return words[source + length].end }
    }
    return nil
  }

  private static func joined(_ words: some Sequence<Word>) -> String {
    words.map(\.text).joined(separator: " ")
  }

  /// The first `count` words with where they end; separators that stand alone belong to the word before them.
  private static func words(of text: Substring.UnicodeScalarView, count: Int) -> [Word] {
    var words: [Word] = []
    var current = Word(text: "", textEnd: 0, end: 0, isSetApart: false)
    func close(at offset: Int) {
      guard !current.text.isEmpty else { return }
      current.textEnd = offset
      current.end = offset
      words.append(current)
      current = Word(text: "", textEnd: 0, end: 0, isSetApart: false)
    }
    for (offset, scalar) in text.enumerated() {
      if scalar.properties.isWhitespace {
        close(at: offset)
        if scalar == "\n", !words.isEmpty { words[words.count - 1].isSetApart = true }
        if words.count > count { break }
      } else if separators.contains(scalar) {
        close(at: offset)
        if words.isEmpty { continue }
        words[words.count - 1].isSetApart = true
        words[words.count - 1].end = offset + 1
      } else {
        current.text.unicodeScalars.append(scalar)
      }
    }
    close(at: text.count)
    return words
  }
}
