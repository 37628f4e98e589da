/// The web address, e-mail and mention patterns of arabert 1.0.1 as hand-written matchers: each gives the match
/// that Python's `re` finds first at or after an index, in time that grows with the text and not faster.
///
/// The package's second URL pattern (`@(https?|ftp)://…$@iS`) can match nothing, since text would have to follow
/// the end of the text; it is left out (in Python it can hang, the pattern backtracks without bound).
enum AddressPatterns {
  /// `(http(s)?:\/\/.)?(www\.)?[-a-zA-Z0-9@:%._\+~#=]{2,256}\.[a-z]{2,6}\b([-a-zA-Z0-9@:%_\+.~#?&//=]*)`
  static func address(_ text: Scalars, from start: Int) -> Range<Int>? {
    guard var dot = nextDomainDot(text, from: start) else { return nil }
    var index = start
    // "https://", one scalar, "www.", 256 of the body: a match begins at most this far before its dot.
    let reach = 8 + 1 + 4 + 256
    while true {
      index = max(index, dot - reach)
      while index <= dot {
        if let end = addressEnd(text, at: index) { return index..<end }
        index += 1
      }
      guard let next = nextDomainDot(text, from: dot + 1) else { return nil }
      dot = next
    }
  }

  /// A dot that `[a-z]{2,6}\b` follows.
  private static func nextDomainDot(_ text: Scalars, from start: Int) -> Int? {
    var index = start
    while index + 2 < text.count {
      if text[index] == 0x2E, domainEnd(text, dot: index) != nil { return index }
      index += 1
    }
    return nil
  }

  private static func domainEnd(_ text: Scalars, dot: Int) -> Int? {
    var end = dot + 1
    while end < text.count, end < dot + 8, text[end] >= 0x61, text[end] <= 0x7A { end += 1 }
    guard end >= dot + 3, end <= dot + 7 else { return nil }
    return end < text.count && ScalarText.isWord(text[end]) ? nil : end
  }

  private static func addressEnd(_ text: Scalars, at index: Int) -> Int? {
    if text[index] == 0x68 {
      for scheme in [secure, plain] where ScalarText.stands(scheme, at: index, in: text) {
        let body = index + scheme.scalars.count + 1
        if body <= text.count, text[body - 1] != 0xA, let end = hostEnd(text, at: body) { return end }
      }
    }
    return hostEnd(text, at: index)
  }

  private static let secure: StaticScalars = "https://"
  private static let plain: StaticScalars = "http://"
  private static let hypertext: StaticScalars = "http"
  private static let worldWideWeb: StaticScalars = "www."
  private static let threeW: StaticScalars = "www"
  private static let com: StaticScalars = ".com"
  private static let colon: StaticScalars = "://"

  private static func hostEnd(_ text: Scalars, at index: Int) -> Int? {
    if ScalarText.stands(worldWideWeb, at: index, in: text), let end = bodyEnd(text, at: index + 4) { return end }
    return bodyEnd(text, at: index)
  }

  /// The longest body first: its last dot that begins a domain.
  private static func bodyEnd(_ text: Scalars, at start: Int) -> Int? {
    ScalarTraits.table.withUnsafeBufferPointer { table in
      var index = start
      var end: Int?
      while index < text.count, index <= start + 256 {
        if text[index] == 0x2E, index >= start + 2, let found = domainEnd(text, dot: index) { end = found }
        guard ScalarTraits.of(text[index], in: table).contains(.addressBody) else { break }
        index += 1
      }
      guard var tail = end else { return nil }
      while tail < text.count, ScalarTraits.of(text[tail], in: table).contains(.addressTail) { tail += 1 }
      return tail
    }
  }

  /// `http[s]?://[a-zA-Z0-9_\-./~\?=%&]+`
  static func scheme(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x68) { index in
      for scheme in [secure, plain] where ScalarText.stands(scheme, at: index, in: text) {
        let end = pathEnd(text, from: index + scheme.scalars.count)
        return end > index + scheme.scalars.count ? end : nil
      }
      return nil
    }
  }

  /// `www[a-zA-Z0-9_\-?=%&/.~]+`
  static func www(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x77) { index in
      guard ScalarText.stands(threeW, at: index, in: text) else { return nil }
      let end = pathEnd(text, from: index + 3)
      return end > index + 3 ? end : nil
    }
  }

  private static func pathEnd(_ text: Scalars, from start: Int) -> Int {
    var end = start
    while end < text.count, isPath(text[end]) { end += 1 }
    return end
  }

  private static func isPath(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x25, 0x26, 0x2D...0x39, 0x3D, 0x3F, 0x5F, 0x7E: true
    default: ScalarText.isLetterASCII(scalar)
    }
  }

  /// `[a-zA-Z]+\.com`
  static func dotCom(_ text: Scalars, from start: Int) -> Range<Int>? {
    var index = start
    while index < text.count {
      guard ScalarText.stands(com, at: index, in: text) else {
        index += 1
        continue
      }
      var first = index
      while first > start, ScalarText.isLetterASCII(text[first - 1]) { first -= 1 }
      if first < index { return first..<(index + 4) }
      index += 1
    }
    return nil
  }

  /// `(?=http)[^\s]+`
  static func http(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x68) { index in
      ScalarText.stands(hypertext, at: index, in: text) ? wordEnd(text, from: index) : nil
    }
  }

  /// `(?=www)[^\s]+`
  static func wwwWord(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x77) { index in
      ScalarText.stands(threeW, at: index, in: text) ? wordEnd(text, from: index) : nil
    }
  }

  /// `://`
  static func colonSlashes(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x3A) { ScalarText.stands(colon, at: $0, in: text) ? $0 + 3 : nil }
  }

  /// `[\w-]+@([\w-]+\.)+[\w-]+`
  static func mail(_ text: Scalars, from start: Int) -> Range<Int>? {
    var from = start
    while let at = text[from...].firstIndex(of: 0x40) {
      var first = at
      while first > from, isMailPart(text[first - 1]) { first -= 1 }
      if first < at, let end = mailHostEnd(text, from: at + 1) { return first..<end }
      from = at + 1
    }
    return nil
  }

  private static func isMailPart(_ scalar: UInt32) -> Bool {
    scalar == 0x2D || ScalarText.isWord(scalar)
  }

  private static func mailHostEnd(_ text: Scalars, from start: Int) -> Int? {
    var index = start
    var end: Int?
    var dots = 0
    while true {
      let part = index
      while index < text.count, isMailPart(text[index]) { index += 1 }
      guard index > part else { return end }
      if dots > 0 { end = index }
      guard index < text.count, text[index] == 0x2E else { return end }
      dots += 1
      index += 1
    }
  }

  /// `\S+@\S+`
  static func loneMail(_ text: Scalars, from start: Int) -> Range<Int>? {
    var from = start
    while let at = text[from...].firstIndex(of: 0x40) {
      var first = at
      while first > start, !ScalarText.isSpace(text[first - 1]) { first -= 1 }
      let end = wordEnd(text, from: at)
      if end > at + 1 {
        if first < at { return first..<end }
        // The word begins with @: a later @ with something on both sides makes it a match.
        if let later = text[(at + 1)..<end].firstIndex(of: 0x40), hasInnerAt(text, later..<end) { return at..<end }
      }
      from = end
    }
    return nil
  }

  private static func hasInnerAt(_ text: Scalars, _ range: Range<Int>) -> Bool {
    text[range].dropLast().contains(0x40)
  }

  /// `@[\w\d]+`
  static func mention(_ text: Scalars, from start: Int) -> Range<Int>? {
    find(text, from: start, first: 0x40) { index in
      var end = index + 1
      while end < text.count, ScalarText.isWord(text[end]) { end += 1 }
      return end > index + 1 ? end : nil
    }
  }

  @inline(__always)
  private static func find(
    _ text: Scalars, from start: Int, first: UInt32, end: (Int) -> Int?
  ) -> Range<Int>? {
    var index = start
    while index < text.count {
      if text[index] == first, let found = end(index) { return index..<found }
      index += 1
    }
    return nil
  }

  private static func wordEnd(_ text: Scalars, from start: Int) -> Int {
    var end = start
    while end < text.count, !ScalarText.isSpace(text[end]) { end += 1 }
    return end
  }
}
