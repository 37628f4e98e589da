/// The steps of AraBERT v1 and v0.1 up to segmentation, in arabert 1.0.1's order.
enum FirstGeneration {
  private static let link: StaticScalars = "[رابط]"
  private static let mail: StaticScalars = "[بريد]"
  private static let user: StaticScalars = "[مستخدم]"

  static func clean(_ input: Scalars, _ steps: PreprocessingSteps, keepingPluses: Bool) -> Scalars {
    var text = input
    if steps.has(.stripTashkeel) { text.removeAll { $0 >= 0x64B && $0 <= 0x652 } }
    if steps.has(.removeDates) { text = ScalarText.replace(text, with: "", next: nextDate) }
    if steps.has(.stripTatweel) { text.removeAll { $0 == 0x640 } }
    if steps.has(.replaceQuotationMarks) { text = replaceEach(text, 0xAB, 0xBB, with: " \" ") }
    if steps.has(.replaceAddresses) { text = replaceAddresses(text) }
    // Python's replacement text `\.` is a backslash and a dot.
    if steps.has(.replaceEllipsis) { text = replaceEach(text, 0x2026, 0x2026, with: "\\.") }
    if steps.has(.collapseWhiteSpace) { text = ScalarText.strip(text) }
    if steps.has(.joinPunctuation) { text = joinPunctuation(text) }
    if steps.has(.collapseWhiteSpace) { text = ScalarText.collapse(text) }
    if steps.has(.replaceAddresses) { text = joinBrackets(text) }
    if steps.has(.removeNonDigitRepetition) { text = CommonSteps.shortenRepetition(text) }
    if steps.has(.insertWhiteSpaces) {
      text = CommonSteps.spread(text, unless: .joinedFirst, keepingPluses: keepingPluses)
    }
    return text
  }

  private static func replaceEach(
    _ text: Scalars, _ first: UInt32, _ second: UInt32, with replacement: StaticScalars
  ) -> Scalars {
    ScalarText.replace(text, with: replacement) { text, start in
      text[start...].firstIndex { $0 == first || $0 == second }.map { $0..<($0 + 1) }
    }
  }

  private static func replaceAddresses(_ input: Scalars) -> Scalars {
    let summary = ScalarSummary(input)
    var text = input
    func replace(_ replacement: StaticScalars, _ next: (Scalars, Int) -> Range<Int>?) {
      text = ScalarText.replace(text, with: replacement, next: next)
    }
    if summary.has("h") { replace(link, AddressPatterns.http) }
    if summary.has("w") { replace(link, AddressPatterns.wwwWord) }
    if summary.has(".") { replace(link, AddressPatterns.address) }
    if summary.has("@") {
      replace(mail, AddressPatterns.loneMail)
      replace(user, AddressPatterns.mention)
    }
    return text
  }

  /// `\d+\/[ء-ي]+\/\d+\]`
  private static func nextDate(_ text: Scalars, from start: Int) -> Range<Int>? {
    var index = start
    while let slash = text[index...].firstIndex(of: 0x2F) {
      index = slash + 1
      var first = slash
      while first > start, ScalarText.isDigit(text[first - 1]) { first -= 1 }
      guard first < slash else { continue }
      var month = slash + 1
      while month < text.count, text[month] >= 0x621, text[month] <= 0x64A { month += 1 }
      guard month > slash + 1, month < text.count, text[month] == 0x2F else { continue }
      var year = month + 1
      while year < text.count, ScalarText.isDigit(text[year]) { year += 1 }
      guard year > month + 1, year < text.count, text[year] == 0x5D else { continue }
      return first..<(year + 1)
    }
    return nil
  }

  /// Runs of two or more of punctuation and white space become a space, each of their scalars once, and a space.
  private static func joinPunctuation(_ text: Scalars) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count + 16)
    ScalarTraits.table.withUnsafeBufferPointer { table in
      var index = 0
      while index < text.count {
        var end = index
        while end < text.count, ScalarTraits.of(text[end], in: table).contains(.punctuation) { end += 1 }
        if end < index + 2 {
          result.append(text[index])
          index += 1
          continue
        }
        result.append(0x20)
        let first = result.count
        for scalar in text[index..<end] where !result[first...].contains(scalar) { result.append(scalar) }
        result.append(0x20)
        index = end
      }
    }
    return result
  }

  private static let brokenBrackets: [(forms: [StaticScalars], whole: StaticScalars)] = [
    (["[ رابط ]", "[ رابط]", "[رابط ]"], CommonSteps.link),
    (["[ بريد ]", "[ بريد]", "[بريد ]"], CommonSteps.mail),
    (["[ مستخدم ]", "[ مستخدم]", "[مستخدم ]"], CommonSteps.user),
  ]

  private static func joinBrackets(_ input: Scalars) -> Scalars {
    guard input.contains(0x5B) else { return input }
    var text = input
    for (forms, whole) in brokenBrackets {
      text = ScalarText.replace(text, with: whole) { text, start in
        var from = start
        while let open = text[from...].firstIndex(of: 0x5B) {
          if let form = forms.first(where: { ScalarText.stands($0, at: open, in: text) }) {
            return open..<(open + form.scalars.count)
          }
          from = open + 1
        }
        return nil
      }
    }
    return text
  }
}
