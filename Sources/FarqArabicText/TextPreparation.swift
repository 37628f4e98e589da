import FarqCore

/// What a text goes through before the tokenizer: AraBERT's cleaning, then segmentation. A checkpoint stores it, and
/// prediction applies it again.
public struct TextPreparation: Codable, Sendable, Equatable {
  /// The cleaning; nil leaves the text as it is.
  public var steps: PreprocessingSteps?
  /// How words are cut.
  public var segmentation: Segmentation
  /// Whether ``LightSegmenter`` asks the tokenizer's vocabulary too; only with ``Segmentation/light``.
  public var usesVocabulary: Bool

  /// Neither cleaning nor segmentation.
  public static let none = TextPreparation()

  /// Makes a preparation.
  public init(
    steps: PreprocessingSteps? = nil, segmentation: Segmentation = .none, usesVocabulary: Bool = false
  ) {
    self.steps = steps
    self.segmentation = segmentation
    self.usesVocabulary = usesVocabulary && segmentation == .light
  }

  /// Whether texts stay as they are.
  public var isNone: Bool { steps == nil && segmentation == .none }

  /// What to say of it: `--preprocess arabert-v2 (without strip_tashkeel) --segmentation light`.
  public var summary: String {
    var cleaning = "none"
    if let steps {
      cleaning = "arabert-\(steps.family.rawValue)" + (steps.difference.isEmpty ? "" : " (\(steps.difference))")
    }
    return "--preprocess \(cleaning) --segmentation \(segmentation.rawValue)"
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case steps
    case segmentation
    case usesVocabulary = "segmentation_vocabulary"
  }

  /// Reads what a checkpoint stores.
  ///
  /// - Throws: ``FarqError`` `badData` for what this version does not know.
  public init(from decoder: any Decoder) throws {
    try UnknownKeys.refuse(in: decoder, known: CodingKeys.allCases.map(\.stringValue), what: "preparation")
    let container = try decoder.container(keyedBy: CodingKeys.self)
    steps = try container.decodeIfPresent(PreprocessingSteps.self, forKey: .steps)
    let name = try container.decodeIfPresent(String.self, forKey: .segmentation) ?? "none"
    guard let segmentation = Segmentation(rawValue: name) else {
      throw FarqError(
        .badData,
        "unknown segmentation '\(name)' in the checkpoint's config.json; use the version of Farq that wrote it")
    }
    self.segmentation = segmentation
    usesVocabulary = try container.decodeIfPresent(Bool.self, forKey: .usesVocabulary) ?? false
  }

  /// Writes what there is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(steps, forKey: .steps)
    try container.encode(segmentation, forKey: .segmentation)
    if segmentation == .light { try container.encode(usesVocabulary, forKey: .usesVocabulary) }
  }
}
