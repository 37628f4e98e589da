import FarqCore

/// Farq's own segmenter: cuts the prefixes and suffixes that AraBERT's vocabulary keeps apart, by rules and a small
/// list of words that only look as if they had any. The same word is always cut alike, whatever stands beside it.
///
/// A cut has to leave a stem of enough letters, and the stem or the word must not be among the ``LightLexicon``'s
/// whole words. With a model's vocabulary, a word that stands there whole stays whole, and a cut whose stem stands
/// there goes before one whose stem does not.
public struct LightSegmenter: WordSegmenter {
  private let vocabulary: (@Sendable (String) -> Bool)?
  private let memory = LendingPool { WordMemory() }

  /// Makes a segmenter.
  ///
  /// - Parameter vocabulary: whether a word stands in the vocabulary of a model that was trained on segmented text.
  public init(vocabulary: (@Sendable (String) -> Bool)? = nil) {
    self.vocabulary = vocabulary
  }

  /// The line with `+` in its words; everything but Arabic letters stays.
  public func segment(_ line: String) -> String {
    let text = ScalarText.decode(line)
    return memory.lend { memory in
      text.withUnsafeBufferPointer { ScalarText.encode(segment($0, memory)) }
    }
  }

  private func segment(_ text: UnsafeBufferPointer<UInt32>, _ memory: WordMemory) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count + text.count / 4)
    var index = 0
    while index < text.count, let base = text.baseAddress {
      guard Self.isLetter(text[index]) else {
        result.append(text[index])
        index += 1
        continue
      }
      var end = index
      while end < text.count, Self.isLetter(text[end]) { end += 1 }
      let isBracketed = index > 0 && text[index - 1] == 0x5B && end < text.count && text[end] == 0x5D
      let word = WordView(base: base + index, count: end - index)
      if isBracketed {
        result += text[index..<end]
      } else {
        var isFirst = true
        cut(word, memory).forEachPiece { piece in
          if !isFirst { result.append(0x2B) }
          isFirst = false
          for index in 0..<piece.count { result.append(piece[index]) }
        }
      }
      index = end
    }
    return result
  }

  @inline(__always)
  private static func isLetter(_ scalar: UInt32) -> Bool {
    (0x621...0x63A).contains(scalar) || (0x641...0x64A).contains(scalar)
  }

  /// The cut of one word of Arabic letters.
  private func cut(_ word: WordView, _ memory: WordMemory) -> LightCut {
    let lists = LightLexicon.lists(word)
    guard word.count >= 2, !lists.contains(.whole) else { return LightCut(stem: word) }
    guard let vocabulary else { return LightCut.preferred(word, lists) }
    return memory.recall(word) { word in
      guard !vocabulary(ScalarText.encode(word.scalars)) else { return LightCut(stem: word) }
      return LightCut.candidates(word, lists).first { vocabulary(ScalarText.encode($0.stem.scalars)) }
        ?? LightCut.preferred(word, lists)
    }
  }

  // MARK: - Pieces apart

  /// A cleaned text with the pieces of its words apart (`و+ كتاب +ة`): what ``segment(_:)`` and then
  /// ``AffixPieces/spread(_:)`` give, in one pass, since both look at one word and whether a lone bracket stands before it.
  func spread(_ text: Scalars) -> String {
    memory.lend { memory in
      var result: [UInt8] = []
      result.reserveCapacity(2 * text.count + text.count / 2)
      text.withUnsafeBufferPointer { spread($0, memory, into: &result) }
      return String(decoding: result, as: UTF8.self)
    }
  }

  private func spread(_ text: UnsafeBufferPointer<UInt32>, _ memory: WordMemory, into result: inout [UInt8]) {
    // Python's index -1: before the first word stands the last one.
    var isAfterBracket = Self.endsInBracket(text)
    var isFirst = true
    var index = 0
    while index < text.count {
      guard !ScalarText.isSpace(text[index]) else {
        index += 1
        continue
      }
      var end = index
      var letters = 0
      while end < text.count, !ScalarText.isSpace(text[end]) {
        if Self.isLetter(text[end]) { letters += 1 }
        end += 1
      }
      let word = UnsafeBufferPointer(rebasing: text[index..<end])
      index = end
      let isBracket = Self.isBracket(word)
      if !isBracket {
        if !isFirst { result.append(0x20) }
        isFirst = false
        if letters == word.count, !isAfterBracket, let base = word.baseAddress {
          AffixPieces.append(cut(WordView(base: base, count: letters), memory), to: &result)
        } else {
          spread(word: segment(word, memory), isAfterBracket, into: &result)
        }
      }
      isAfterBracket = isBracket
    }
  }

  /// A word that holds more than letters, or that a bracket stands before.
  private func spread(word: Scalars, _ isAfterBracket: Bool, into result: inout [UInt8]) {
    let isAddress = isAfterBracket && AffixPieces.names.contains(word)
    let pieces = isAddress ? [0x5B] + word + [0x5D] : AffixPieces.pieces(ofSegmented: word)
    for scalar in pieces { ScalarText.append(scalar, to: &result) }
  }

  private static func endsInBracket(_ text: UnsafeBufferPointer<UInt32>) -> Bool {
    guard let end = text.lastIndex(where: { !ScalarText.isSpace($0) }) else { return false }
    return isBracket(UnsafeBufferPointer(rebasing: text[end...end])) && (end == 0 || ScalarText.isSpace(text[end - 1]))
  }

  private static func isBracket(_ word: UnsafeBufferPointer<UInt32>) -> Bool {
    word.count == 1 && (word[0] == 0x5B || word[0] == 0x5D)
  }
}
