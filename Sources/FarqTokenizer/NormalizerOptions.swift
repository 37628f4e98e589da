/// The switches of BERT's normaliser, named as `tokenizer.json` names them (`BertNormalizer` of `tokenizers`).
public struct NormalizerOptions: Sendable, Hashable {
  /// Removes controls and turns every white space into a space.
  public var cleanText: Bool
  /// Makes every CJK ideograph a word of its own.
  public var handlesChineseCharacters: Bool
  /// Decomposes (NFD) and drops the marks of category Mn; nil follows `lowercase`.
  public var stripsAccents: Bool?
  /// Maps to lower case.
  public var lowercase: Bool

  /// Makes the options; the defaults are those of the library.
  public init(
    cleanText: Bool = true, handlesChineseCharacters: Bool = true, stripsAccents: Bool? = nil, lowercase: Bool = true
  ) {
    self.cleanText = cleanText
    self.handlesChineseCharacters = handlesChineseCharacters
    self.stripsAccents = stripsAccents
    self.lowercase = lowercase
  }

  /// Whether accents are stripped, nil resolved.
  public var stripsAccentsResolved: Bool { stripsAccents ?? lowercase }

  /// No normalisation at all.
  static let none = NormalizerOptions(
    cleanText: false, handlesChineseCharacters: false, stripsAccents: false, lowercase: false)
}
