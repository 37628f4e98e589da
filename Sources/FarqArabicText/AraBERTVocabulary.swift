/// The tokens that AraBERT's vocabulary keeps whole.
public enum AraBERTVocabulary {
  /// `[رابط]`, `[بريد]`, `[مستخدم]`: what links, e-mails and mentions become.
  public static let names = ["[بريد]", "[رابط]", "[مستخدم]"]

  /// The prefixes and suffixes as segmentation writes them, `ال+`, `+ة`, in a fixed order.
  public static let affixes =
    AffixPieces.prefixes.map { ScalarText.encode($0) + "+" }.sorted()
    + AffixPieces.suffixes.map { "+" + ScalarText.encode($0) }.sorted()

  /// What a tokenizer must not split when texts are prepared so.
  public static func neverSplit(_ preparation: TextPreparation) -> [String] {
    (preparation.segmentation == .none ? [] : affixes) + (preparation.steps == nil ? [] : names)
  }
}
