/// How words are cut into prefixes, stem and suffixes before the tokenizer; raw values are the words of
/// `--segmentation`.
public enum Segmentation: String, Codable, CaseIterable, Sendable {
  /// Words stay whole.
  case none
  /// By Farq's own rules, ``LightSegmenter``.
  case light
  /// By the user's own Farasa jar, ``FarasaSegmenter``.
  case farasa
  /// The texts come segmented, as `و+كتاب+ة` or `و+ كتاب +ة`.
  case presegmented
}
