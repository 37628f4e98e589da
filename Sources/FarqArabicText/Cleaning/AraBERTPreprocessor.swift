/// AraBERT's cleaning of text, equal to `ArabertPreprocessor` of the package `arabert` 1.0.1 from PyPI
/// (Antoun, Baly and Hajj, AraBERT, 2020), under Python 3.11's character classes (Unicode 14).
///
/// Works on unicode scalars in a few passes over the text, without a regular-expression engine.
public struct AraBERTPreprocessor: Sendable {
  /// The steps applied.
  public let steps: PreprocessingSteps

  /// Makes a preprocessor with the given steps.
  public init(_ steps: PreprocessingSteps) {
    self.steps = steps
  }

  /// Makes a preprocessor with the family's default steps.
  public init(family: AraBERTFamily) {
    self.init(PreprocessingSteps(family: family))
  }

  /// Cleans a text and, where a segmenter is given, segments it as the family's pretraining had it.
  ///
  /// - Parameters:
  ///   - text: any text; line breaks become spaces, where that step is on.
  ///   - segmenter: what the package calls Farasa for; nil leaves words whole.
  /// - Returns: one line; with a segmenter `و+ كتاب +ة` for `وكتابة`.
  /// - Throws: what the segmenter throws.
  public func preprocess(_ text: String, segmenter: (any WordSegmenter)? = nil) throws -> String {
    let cleaned = clean(ScalarText.decode(text), keepingPluses: false)
    guard let segmenter else {
      let isLast = steps.family.isFirstGeneration && steps.has(.collapseWhiteSpace)
      return ScalarText.encode(isLast ? ScalarText.collapse(cleaned) : cleaned)
    }
    if let light = segmenter as? LightSegmenter, !steps.family.isFirstGeneration { return light.spread(cleaned) }
    let segmented = ScalarText.decode(try segment(cleaned, segmenter))
    return ScalarText.encode(spread(segmented))
  }

  /// Cleans a text that is segmented already: its `+` beside Arabic letters stay, whether `و+كتاب+ة` or
  /// `و+ كتاب +ة`, and both come out as `و+ كتاب +ة`.
  public func preprocess(presegmented text: String) -> String {
    let pieces = AffixPieces.spread(clean(ScalarText.decode(text), keepingPluses: true))
    return ScalarText.encode(AffixPieces.join(pieces.filter { !$0.isEmpty }))
  }

  private func clean(_ text: Scalars, keepingPluses: Bool) -> Scalars {
    steps.family.isFirstGeneration
      ? FirstGeneration.clean(text, steps, keepingPluses: keepingPluses)
      : SecondGeneration.clean(text, steps, keepingPluses: keepingPluses)
  }

  /// With emoji kept the package sends Farasa one word at a time and spares it the emoji.
  private func segment(_ text: Scalars, _ segmenter: any WordSegmenter) throws -> String {
    guard steps.has(.keepEmojis) else { return try segmenter.segment(ScalarText.encode(text)) }
    let words = try ScalarText.words(text).map { word in
      let text = ScalarText.encode(Scalars(word))
      return word.allSatisfy(ScalarRanges.emoji.contains) && word.contains { $0 > 0x7F }
        ? text : try segmenter.segment(text)
    }
    return words.joined(separator: " ")
  }

  private func spread(_ segmented: Scalars) -> Scalars {
    steps.family.isFirstGeneration
      ? ScalarText.collapse(AffixPieces.join(AffixPieces.spreadFirst(segmented)))
      : AffixPieces.join(AffixPieces.spread(segmented))
  }
}
