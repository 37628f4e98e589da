/// The steps of AraBERT v2, v0.2, AraELECTRA and AraGPT2 up to segmentation, in arabert 1.0.1's order.
enum SecondGeneration {
  static func clean(_ input: Scalars, _ steps: PreprocessingSteps, keepingPluses: Bool) -> Scalars {
    var text = steps.has(.unescapeHTML) && input.contains(0x26) ? HTMLEntities.unescape(input) : input
    let summary = ScalarSummary(text)
    let (tashkeel, tatweel) = (steps.has(.stripTashkeel), steps.has(.stripTatweel))
    if (tashkeel && summary.has(.tashkeel)) || (tatweel && text.contains(0x640)) {
      text = strip(text, tashkeel: tashkeel, tatweel: tatweel)
    }
    if steps.has(.replaceAddresses) { text = replaceAddresses(text, summary) }
    if steps.has(.removeHTMLMarkup), summary.has("<") { text = removeMarkup(text) }
    if steps.has(.mapArabicIndicDigits), summary.has(.arabicIndicDigit) {
      for index in text.indices where text[index] >= 0x660 && text[index] <= 0x669 { text[index] -= 0x630 }
    }
    if steps.has(.removeNonDigitRepetition) { text = CommonSteps.shortenRepetition(text) }
    if steps.has(.insertWhiteSpaces) {
      text = CommonSteps.spread(text, unless: .joined, keepingPluses: keepingPluses)
      if steps.has(.separateDigits), summary.has(.digit) || summary.has(.arabicIndicDigit) { text = partDigits(text) }
    }
    return finish(text, steps)
  }

  private static func strip(_ text: Scalars, tashkeel: Bool, tatweel: Bool) -> Scalars {
    text.filter { !(tashkeel && $0 >= 0x64B && $0 <= 0x652) && !(tatweel && $0 == 0x640) }
  }

  private static func replaceAddresses(_ input: Scalars, _ summary: ScalarSummary) -> Scalars {
    var text = input
    func replace(_ replacement: StaticScalars, _ next: (Scalars, Int) -> Range<Int>?) {
      text = ScalarText.replace(text, with: replacement, next: next)
    }
    if summary.has(".") { replace(CommonSteps.link, AddressPatterns.address) }
    if summary.has("h") && summary.has(":") { replace(CommonSteps.link, AddressPatterns.scheme) }
    if summary.has("w") { replace(CommonSteps.link, AddressPatterns.www) }
    if summary.has(".") && summary.has("m") { replace(CommonSteps.link, AddressPatterns.dotCom) }
    if summary.has("h") && summary.has("p") { replace(CommonSteps.link, AddressPatterns.http) }
    if summary.has("w") { replace(CommonSteps.link, AddressPatterns.wwwWord) }
    if summary.has(":") && summary.has("/") { replace(CommonSteps.link, AddressPatterns.colonSlashes) }
    if summary.has("@") {
      replace(CommonSteps.mail, AddressPatterns.mail)
      replace(CommonSteps.mail, AddressPatterns.loneMail)
      replace(CommonSteps.user, AddressPatterns.mention)
    }
    return text
  }

  /// `<br />`, then `</?[^>]+>`, to a space.
  private static func removeMarkup(_ text: Scalars) -> Scalars {
    let lineBreak: StaticScalars = "<br />"
    let broken = ScalarText.replace(text, with: " ") { text, start in
      text[start...].indices.first { text[$0] == 0x3C && ScalarText.stands(lineBreak, at: $0, in: text) }
        .map { $0..<($0 + 6) }
    }
    return ScalarText.replace(broken, with: " ") { text, start in
      var from = start
      while let open = text[from...].firstIndex(of: 0x3C) {
        guard let close = text[open...].firstIndex(of: 0x3E) else { return nil }
        if close > open + 1 { return open..<(close + 1) }
        from = open + 1
      }
      return nil
    }
  }

  /// `(\d+)(L+)`, then `(L+)(\d+)`, to ` \1 \2 `; L holds the Arabic-Indic digits too, so a run of them parts
  /// before its last one, as Python's backtracking has it.
  private static func partDigits(_ text: Scalars) -> Scalars {
    ScalarTraits.table.withUnsafeBufferPointer { table in
      func isLetter(_ scalar: UInt32) -> Bool { ScalarTraits.of(scalar, in: table).contains(.besideDigits) }
      let first = part(text, ScalarText.isDigit, isLetter)
      return part(first, isLetter, ScalarText.isDigit)
    }
  }

  @inline(__always)
  private static func part(
    _ text: Scalars, _ isFirst: (UInt32) -> Bool, _ isSecond: (UInt32) -> Bool
  ) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count + 16)
    var index = 0
    while index < text.count {
      guard isFirst(text[index]) else {
        result.append(text[index])
        index += 1
        continue
      }
      var end = index
      while end < text.count, isFirst(text[end]) { end += 1 }
      var middle = end
      while middle > index, middle == text.count || !isSecond(text[middle]) { middle -= 1 }
      guard middle > index else {
        result += text[index..<end]
        index = end
        continue
      }
      var last = middle
      while last < text.count, isSecond(text[last]) { last += 1 }
      result.append(0x20)
      result += text[index..<middle]
      result.append(0x20)
      result += text[middle..<last]
      result.append(0x20)
      index = last
    }
    return result
  }

  /// The slash, the scalars that the vocabulary lacks, and white space.
  private static func finish(_ text: Scalars, _ steps: PreprocessingSteps) -> Scalars {
    let (keepsEmoji, replacesSlash) = (steps.has(.keepEmojis), steps.has(.replaceSlashWithDash))
    guard steps.has(.removeOtherCharacters), steps.has(.collapseWhiteSpace) else { return finishPartly(text, steps) }
    return ScalarTraits.table.withUnsafeBufferPointer { table in
      Scalars(unsafeUninitializedCapacity: text.count) { buffer, count in
        var filled = 0
        var pending = false
        for var scalar in text {
          if scalar == 0x2F, replacesSlash { scalar = 0x2D }
          let traits = ScalarTraits.of(scalar, in: table)
          if traits.contains(.space) || !(traits.contains(.accepted) || (keepsEmoji && isEmoji(scalar))) {
            pending = true
            continue
          }
          // U+FE0F belongs to emoji and is then taken out without a space.
          if scalar == 0xFE0F { continue }
          if pending, filled > 0 {
            buffer[filled] = 0x20
            filled += 1
          }
          pending = false
          buffer[filled] = scalar
          filled += 1
        }
        count = filled
      }
    }
  }

  /// The same where one of the last two steps is switched off.
  private static func finishPartly(_ text: Scalars, _ steps: PreprocessingSteps) -> Scalars {
    var text = text
    if steps.has(.replaceSlashWithDash) { text = text.map { $0 == 0x2F ? 0x2D : $0 } }
    if steps.has(.removeOtherCharacters) {
      let keepsEmoji = steps.has(.keepEmojis)
      text = ScalarTraits.table.withUnsafeBufferPointer { table in
        text.map { ScalarTraits.of($0, in: table).contains(.accepted) || (keepsEmoji && isEmoji($0)) ? $0 : 0x20 }
      }
    }
    return steps.has(.collapseWhiteSpace) ? ScalarText.collapse(text, dropping: 0xFE0F) : text
  }

  @inline(__always)
  private static func isEmoji(_ scalar: UInt32) -> Bool { ScalarRanges.emoji.contains(scalar) }
}
