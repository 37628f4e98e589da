import FarqCore

/// Which of AraBERT's cleaning steps are applied: what a checkpoint stores and prediction applies again.
///
/// The names and the defaults are those of the package `arabert` 1.0.1. The first generation (v1, v0.1) never looks
/// at ``removeHTMLMarkup``, ``stripTatweel`` (it always strips), ``replaceSlashWithDash``,
/// ``mapArabicIndicDigits`` and, but for segmentation, ``keepEmojis``.
public struct PreprocessingSteps: Codable, Sendable, Equatable {
  /// The family, which decides the order and the kind of the steps.
  public var family: AraBERTFamily
  /// Drops HTML tags (`remove_html_markup`).
  public var removeHTMLMarkup = true
  /// Puts `[رابط]`, `[بريد]` and `[مستخدم]` for links, e-mails and mentions (`replace_urls_emails_mentions`).
  public var replaceAddresses = true
  /// Drops U+064B-0652 (`strip_tashkeel`).
  public var stripTashkeel = true
  /// Drops U+0640 (`strip_tatweel`).
  public var stripTatweel = true
  /// Puts spaces around everything but letters and digits, and between them (`insert_white_spaces`).
  public var insertWhiteSpaces = true
  /// Cuts three or more of one character that is no digit to two (`remove_non_digit_repetition`).
  public var removeNonDigitRepetition = true
  /// Keeps the emoji of the package emoji 1.4.2 (`keep_emojis`).
  public var keepEmojis: Bool
  /// Turns `/` into `-` (`replace_slash_with_dash`).
  public var replaceSlashWithDash: Bool
  /// Turns `٠`-`٩` into `0`-`9` (`map_hindi_numbers_to_arabic`).
  public var mapArabicIndicDigits: Bool

  /// Every step as the package has it by default for the family.
  public init(family: AraBERTFamily) {
    self.family = family
    keepEmojis = family == .v02Twitter
    replaceSlashWithDash = !family.isFirstGeneration
    mapArabicIndicDigits = !family.isFirstGeneration
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case family
    case removeHTMLMarkup = "remove_html_markup"
    case replaceAddresses = "replace_urls_emails_mentions"
    case stripTashkeel = "strip_tashkeel"
    case stripTatweel = "strip_tatweel"
    case insertWhiteSpaces = "insert_white_spaces"
    case removeNonDigitRepetition = "remove_non_digit_repetition"
    case keepEmojis = "keep_emojis"
    case replaceSlashWithDash = "replace_slash_with_dash"
    case mapArabicIndicDigits = "map_hindi_numbers_to_arabic"
  }

  /// Reads the steps; a step that is not named keeps the family's default.
  ///
  /// - Throws: ``FarqError`` `badData` for a step that this version does not know: leaving it out would prepare
  ///   text otherwise than in training.
  public init(from decoder: any Decoder) throws {
    try UnknownKeys.refuse(in: decoder, known: CodingKeys.allCases.map(\.stringValue), what: "preprocessing step")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .family)
    guard let family = AraBERTFamily(rawValue: name) else {
      let known = AraBERTFamily.allCases.map(\.rawValue).joined(separator: ", ")
      throw FarqError(.badData, "unknown preprocessing family '\(name)'; known are \(known)")
    }
    self.init(family: family)
    func read(_ key: CodingKeys, _ path: WritableKeyPath<Self, Bool>) throws {
      if let value = try container.decodeIfPresent(Bool.self, forKey: key) { self[keyPath: path] = value }
    }
    try read(.removeHTMLMarkup, \.removeHTMLMarkup)
    try read(.replaceAddresses, \.replaceAddresses)
    try read(.stripTashkeel, \.stripTashkeel)
    try read(.stripTatweel, \.stripTatweel)
    try read(.insertWhiteSpaces, \.insertWhiteSpaces)
    try read(.removeNonDigitRepetition, \.removeNonDigitRepetition)
    try read(.keepEmojis, \.keepEmojis)
    try read(.replaceSlashWithDash, \.replaceSlashWithDash)
    try read(.mapArabicIndicDigits, \.mapArabicIndicDigits)
  }
}
