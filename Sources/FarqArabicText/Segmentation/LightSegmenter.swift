/// Farq's own segmenter: cuts the prefixes and suffixes that AraBERT's vocabulary keeps apart, by rules and a small
/// list of words that only look as if they had any. The same word is always cut alike, whatever stands beside it.
///
/// A cut has to leave a stem of enough letters, and the stem or the word must not be among the ``LightLexicon``'s
/// whole words. With a model's vocabulary, a word that stands there whole stays whole, and a cut whose stem stands
/// there goes before one whose stem does not.
public struct LightSegmenter: WordSegmenter {
  private let vocabulary: (@Sendable (String) -> Bool)?
  private let memory = WordMemory()

  /// Makes a segmenter.
  ///
  /// - Parameter vocabulary: whether a word stands in the vocabulary of a model that was trained on segmented text.
  public init(vocabulary: (@Sendable (String) -> Bool)? = nil) {
    self.vocabulary = vocabulary
  }

  /// The line with `+` in its words; everything but Arabic letters stays.
  public func segment(_ line: String) -> String {
    ScalarText.encode(memory.lend { words in segment(ScalarText.decode(line), words) })
  }

  private func segment(_ text: Scalars, _ words: WordMemory.Words) -> Scalars {
    var result = Scalars()
    result.reserveCapacity(text.count + text.count / 4)
    var index = 0
    while index < text.count {
      guard Self.isLetter(text[index]) else {
        result.append(text[index])
        index += 1
        continue
      }
      var end = index
      while end < text.count, Self.isLetter(text[end]) { end += 1 }
      let isBracketed = index > 0 && text[index - 1] == 0x5B && end < text.count && text[end] == 0x5D
      if isBracketed { result += text[index..<end] } else { result += words.recall(Scalars(text[index..<end]), joined) }
      index = end
    }
    return result
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    (0x621...0x63A).contains(scalar) || (0x641...0x64A).contains(scalar)
  }

  /// The parts of a word with `+` between them.
  private func joined(_ word: Scalars) -> Scalars { Scalars(pieces(of: word).joined(separator: [0x2B])) }

  /// The parts of one word of Arabic letters, in order.
  func pieces(of word: Scalars) -> [Scalars] {
    guard word.count >= 2, !isKnown(word) else { return [word] }
    guard let vocabulary else { return LightRules.cut(word).pieces }
    let cuts = LightRules.candidates(word)
    return (cuts.first { vocabulary(ScalarText.encode($0.stem)) } ?? LightRules.cut(word)).pieces
  }

  private func isKnown(_ word: Scalars) -> Bool {
    LightLexicon.whole.contains(word) || vocabulary?(ScalarText.encode(word)) == true
  }
}
