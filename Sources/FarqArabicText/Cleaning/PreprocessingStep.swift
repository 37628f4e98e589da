/// A step of AraBERT's cleaning. The first nine have the names of the package `arabert`'s options; the others are
/// steps that the package cannot switch off.
public enum PreprocessingStep: String, CaseIterable, Sendable {
  /// Drops HTML tags.
  case removeHTMLMarkup = "remove_html_markup"
  /// Puts `[رابط]`, `[بريد]` and `[مستخدم]` for links, e-mails and mentions.
  case replaceAddresses = "replace_urls_emails_mentions"
  /// Drops U+064B-0652.
  case stripTashkeel = "strip_tashkeel"
  /// Drops U+0640.
  case stripTatweel = "strip_tatweel"
  /// Puts spaces around everything but letters and digits.
  case insertWhiteSpaces = "insert_white_spaces"
  /// Cuts three or more of one character that is no digit to two.
  case removeNonDigitRepetition = "remove_non_digit_repetition"
  /// Keeps the emoji of the package emoji 1.4.2.
  case keepEmojis = "keep_emojis"
  /// Turns `/` into `-`.
  case replaceSlashWithDash = "replace_slash_with_dash"
  /// Turns `٠`-`٩` into `0`-`9`.
  case mapArabicIndicDigits = "map_hindi_numbers_to_arabic"

  /// Turns character references as `&amp;` into what they stand for.
  case unescapeHTML = "unescape_html"
  /// Puts spaces between digits and Arabic letters; only with ``insertWhiteSpaces``.
  case separateDigits = "separate_digits"
  /// Puts a space for every character outside the second generation's alphabet.
  case removeOtherCharacters = "remove_other_characters"
  /// Joins white space, line breaks too, to one space.
  case collapseWhiteSpace = "collapse_white_space"
  /// Drops dates as `12/مايو/2020]` (first generation).
  case removeDates = "remove_dates"
  /// Turns `«` and `»` into `"` (first generation).
  case replaceQuotationMarks = "replace_quotation_marks"
  /// Turns `…` into `\.`, as the package does (first generation).
  case replaceEllipsis = "replace_ellipsis"
  /// Keeps each character once of a run of punctuation and white space (first generation).
  case joinPunctuation = "join_punctuation"

  /// The steps that the generation knows, in the order of this list.
  static func all(isFirstGeneration: Bool) -> [PreprocessingStep] {
    allCases.filter { isFirstGeneration ? !isSecondOnly.contains($0) : !isFirstOnly.contains($0) }
  }

  private static let isFirstOnly: Set<Self> = [
    .removeDates, .replaceQuotationMarks, .replaceEllipsis, .joinPunctuation,
  ]
  private static let isSecondOnly: Set<Self> = [
    .removeHTMLMarkup, .replaceSlashWithDash, .mapArabicIndicDigits, .unescapeHTML, .separateDigits,
    .removeOtherCharacters,
  ]
}
