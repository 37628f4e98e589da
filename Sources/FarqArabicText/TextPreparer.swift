import FarqCore

/// Applies a ``TextPreparation``. One preparer serves several threads at once.
public struct TextPreparer: Sendable {
  /// What is applied.
  public let preparation: TextPreparation
  private let cleaner: AraBERTPreprocessor?
  private let segmenter: (any WordSegmenter)?

  /// Leaves texts as they are.
  public static let none = TextPreparer()

  private init() {
    preparation = .none
    (cleaner, segmenter) = (nil, nil)
  }

  /// Makes a preparer.
  ///
  /// - Parameters:
  ///   - vocabulary: whether a word stands in the tokenizer's vocabulary; asked by light segmentation where the
  ///     preparation says so.
  ///   - farasa: the user's Farasa; needed for ``Segmentation/farasa``.
  /// - Throws: ``FarqError`` `usage` where Farasa or the vocabulary is needed and not given.
  public init(
    _ preparation: TextPreparation, vocabulary: (@Sendable (String) -> Bool)? = nil,
    farasa: FarasaOptions? = nil
  ) throws {
    self.preparation = preparation
    cleaner = preparation.steps.map { AraBERTPreprocessor($0) }
    switch preparation.segmentation {
    case .none, .presegmented: segmenter = nil
    case .light:
      guard !preparation.usesVocabulary || vocabulary != nil else {
        throw FarqError(.usage, "light segmentation was made with a model's vocabulary: name the model with --model")
      }
      segmenter = LightSegmenter(vocabulary: preparation.usesVocabulary ? vocabulary : nil)
    case .farasa:
      guard let farasa else {
        throw FarqError(
          .usage, "--segmentation farasa needs Farasa's program: give --farasa-jar FarasaSegmenterJar.jar")
      }
      segmenter = try FarasaSegmenter(farasa)
    }
  }

  /// The prepared text.
  ///
  /// - Throws: ``FarqError`` where Farasa cannot do its work.
  public func prepare(_ text: String) throws -> String {
    switch (cleaner, segmenter) {
    case (nil, nil): preparation.segmentation == .presegmented ? AffixPieces.spread(presegmented: text) : text
    case (nil, let segmenter?): try AffixPieces.spread(text, by: segmenter)
    case (let cleaner?, let segmenter):
      preparation.segmentation == .presegmented
        ? cleaner.preprocess(presegmented: text) : try cleaner.preprocess(text, segmenter: segmenter)
    }
  }
}
