import FarqCore

/// What the user asks of preparation, and how it meets what a checkpoint stores.
public struct PreparationRequest: Sendable, Equatable {
  /// `none`, `arabert` (the family by the model's name), or `arabert-` and a family; nil leaves it to the checkpoint.
  public var preprocess: String?
  /// Steps to switch off.
  public var without: [String] = []
  /// Steps to switch on.
  public var with: [String] = []
  /// nil leaves it to the checkpoint.
  public var segmentation: Segmentation?
  /// The user's Farasa.
  public var farasa: FarasaOptions?

  /// Asks for nothing: what the checkpoint stores, or nothing.
  public init() {}

  /// The preparation for training: what is asked for goes before what the checkpoint stores.
  ///
  /// - Parameters:
  ///   - modelNames: names by which the family may be known, the best first.
  ///   - hasAffixes: whether the model's vocabulary was learnt from segmented text.
  /// - Throws: ``FarqError`` `usage` for words that are unknown.
  public func resolved(
    stored: TextPreparation?, modelNames: [String] = [], hasAffixes: Bool = false
  ) throws -> TextPreparation {
    var steps = stored?.steps
    if let preprocess { steps = try Self.steps(preprocess, modelNames) }
    try change(&steps)
    let segmentation = self.segmentation ?? stored?.segmentation ?? .none
    let usesVocabulary = stored?.segmentation == .light ? stored?.usesVocabulary ?? false : hasAffixes
    return TextPreparation(steps: steps, segmentation: segmentation, usesVocabulary: usesVocabulary)
  }

  /// The preparation for prediction: the checkpoint's own.
  ///
  /// - Throws: ``FarqError`` `usage` where something else is asked for than the checkpoint stores.
  public func checked(
    stored: TextPreparation?, modelNames: [String] = [], hasAffixes: Bool = false
  ) throws -> TextPreparation {
    let asked = try resolved(stored: stored, modelNames: modelNames, hasAffixes: hasAffixes)
    guard let stored, asked != stored else { return asked }
    throw FarqError(
      .usage,
      "the model was trained on texts prepared by `\(stored.summary)`, and `\(asked.summary)` was asked for: leave the options out, or give the model's"
    )
  }

  private static func steps(_ word: String, _ modelNames: [String]) throws -> PreprocessingSteps? {
    if word == "none" { return nil }
    if word == "arabert" {
      // v2 cleans as v0.2 and all later ones do; segmentation is chosen apart.
      return PreprocessingSteps(family: modelNames.lazy.compactMap(AraBERTFamily.init(modelName:)).first ?? .v2)
    }
    let name = word.hasPrefix("arabert-") ? String(word.dropFirst("arabert-".count)) : word
    guard let family = AraBERTFamily(rawValue: name) ?? AraBERTFamily(modelName: word) else {
      let known = AraBERTFamily.allCases.map { "arabert-\($0.rawValue)" }.joined(separator: ", ")
      throw FarqError(.usage, "--preprocess '\(word)' is unknown: use none, arabert (by the model's name), \(known)")
    }
    return PreprocessingSteps(family: family)
  }

  private func change(_ steps: inout PreprocessingSteps?) throws {
    for (names, isOn) in [(without, false), (with, true)] {
      for name in names {
        guard var changed = steps else {
          throw FarqError(.usage, "the step '\(name)' is part of no cleaning: give --preprocess arabert too")
        }
        let word = String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "-" ? "_" : $0 }))
        guard let step = PreprocessingStep(rawValue: word) else {
          let known = changed.known.map(\.rawValue).joined(separator: ", ")
          throw FarqError(.usage, "the step '\(name)' is unknown; the steps are \(known)")
        }
        try changed.set(step, isOn)
        steps = changed
      }
    }
  }
}
