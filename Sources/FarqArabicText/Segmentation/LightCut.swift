/// The letters of a word, or of a part of it, where they lie: a part costs no copy.
///
/// Valid as long as the scalars that it was made of; it never leaves the pass over them.
struct WordView {
  let base: UnsafePointer<UInt32>
  let count: Int

  subscript(index: Int) -> UInt32 {
    @inline(__always) get { base[index] }
  }

  var last: UInt32? { count > 0 ? base[count - 1] : nil }

  @inline(__always)
  func dropFirst(_ length: Int = 1) -> WordView { WordView(base: base + length, count: count - length) }

  @inline(__always)
  func prefix(_ length: Int) -> WordView { WordView(base: base, count: length) }

  @inline(__always)
  func dropLast(_ length: Int) -> WordView { prefix(count - length) }

  @inline(__always)
  func suffix(_ length: Int) -> WordView { dropFirst(count - length) }

  /// The letters, copied.
  var scalars: Scalars { Scalars(UnsafeBufferPointer(start: base, count: count)) }
}

/// The lengths of a few short pieces, in order.
struct PieceLengths: Equatable {
  private var nibbles: UInt64 = 0
  private(set) var count = 0

  /// Letters of all pieces.
  var sum: Int { (0..<count).reduce(0) { $0 + self[$1] } }

  subscript(index: Int) -> Int { Int(nibbles >> (4 * UInt64(index)) & 15) }

  mutating func append(_ length: Int) {
    nibbles |= UInt64(length) << (4 * UInt64(count))
    count += 1
  }

  mutating func insertFirst(_ length: Int) {
    nibbles = nibbles << 4 | UInt64(length)
    count += 1
  }

  func prefix(_ wanted: Int) -> PieceLengths {
    var result = PieceLengths()
    for index in 0..<wanted { result.append(self[index]) }
    return result
  }

  func suffix(_ wanted: Int) -> PieceLengths {
    var result = PieceLengths()
    for index in (count - wanted)..<count { result.append(self[index]) }
    return result
  }
}

/// A word cut into prefixes, stem and suffixes.
struct LightCut {
  /// The prefixes' lengths, in the order of the word.
  var prefixes = PieceLengths()
  /// What is left.
  var stem: WordView
  /// The suffixes' lengths, in the order of the word.
  var suffixes = PieceLengths()
  /// Whether the article is among the prefixes, be it as the second lam of `لل`.
  var isDefinite = false

  /// Moves the first `count` letters of the stem to the prefixes.
  mutating func cutPrefix(_ count: Int) {
    prefixes.append(count)
    stem = stem.dropFirst(count)
  }

  /// Moves the last `count` letters of the stem to the suffixes.
  mutating func cutSuffix(_ count: Int) {
    suffixes.insertFirst(count)
    stem = stem.dropLast(count)
  }

  /// Hands each piece to `body`, in order.
  @inline(__always)
  func forEachPiece(_ body: (WordView) -> Void) {
    var start = stem.base - prefixes.sum
    func hand(_ length: Int) {
      body(WordView(base: start, count: length))
      start += length
    }
    for index in 0..<prefixes.count { hand(prefixes[index]) }
    hand(stem.count)
    for index in 0..<suffixes.count { hand(suffixes[index]) }
  }
}

/// The rules of ``LightSegmenter``: first the prefixes from the front, then the suffixes from the end.
extension LightCut {
  /// The cut that the rules prefer for a word in these lists, which is not to be left whole.
  static func preferred(_ word: WordView, _ lists: LightLexicon.Lists) -> LightCut {
    var cut = LightCut(stem: word)
    if let closed = LightLexicon.closed(word, lists) { return closed }
    LightPrefixes.cut(&cut)
    if cut.prefixes.count > 0 {
      let lists = LightLexicon.lists(cut.stem)
      if !cut.isDefinite, let closed = LightLexicon.closed(cut.stem, lists) {
        for index in 0..<closed.prefixes.count { cut.prefixes.append(closed.prefixes[index]) }
        return LightCut(prefixes: cut.prefixes, stem: closed.stem, suffixes: closed.suffixes)
      }
      if lists.contains(.whole) { return cut }
    }
    LightSuffixes.cut(&cut)
    return cut
  }

  /// The cuts that a vocabulary may choose from, the rules' own first, then those with fewer parts.
  static func candidates(_ word: WordView, _ lists: LightLexicon.Lists) -> [LightCut] {
    let preferred = preferred(word, lists)
    var result = [preferred]
    for fronts in (0...preferred.prefixes.count).reversed() {
      for backs in (0...preferred.suffixes.count).reversed() {
        let (prefixes, suffixes) = (preferred.prefixes.prefix(fronts), preferred.suffixes.suffix(backs))
        result.append(
          LightCut(
            prefixes: prefixes, stem: word.dropFirst(prefixes.sum).dropLast(suffixes.sum), suffixes: suffixes))
      }
    }
    return result
  }
}
