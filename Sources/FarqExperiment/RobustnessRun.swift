import FarqArabicText
import FarqCore
public import FarqDatasets
public import FarqInference
package import FarqMetrics
public import FarqReport
import Foundation

/// Measures checkpoints on texts that are not as those that they learned from.
public struct RobustnessRun: Sendable {
  /// What is measured.
  public struct Settings: Sendable {
    /// The probability that a place changes in spelling noise.
    public var rate = 0.1
    /// Words of a distracting passage.
    public var passageWords = 60
    /// The share of the documents for selective accuracy.
    public var coverage = 0.8
    /// Decides passages and noise.
    public var seed: UInt64 = 42
    /// The conditions asked for; nil for all.
    public var conditions: Set<String>?

    /// Makes the default settings.
    public init() {}
  }

  private let settings: Settings

  /// The conditions' names in their order; `other` needs other texts.
  public static let conditionNames =
    ["clean"] + DistractingPassage.Place.allCases.map { "passage-\($0.rawValue)" }
    + SpellingNoise.allCases.map(\.rawValue)
    + ["long", "other"]

  /// - Throws: ``FarqError`` `usage` for settings that cannot be.
  public init(_ settings: Settings) throws {
    guard (0...1).contains(settings.rate) else {
      throw FarqError(.usage, "the noise's rate \(settings.rate) is no share: use one from 0 to 1")
    }
    guard settings.passageWords > 0 else {
      throw FarqError(.usage, "a passage of \(settings.passageWords) words: use 1 or more")
    }
    guard settings.coverage > 0, settings.coverage <= 1 else {
      throw FarqError(.usage, "the coverage \(settings.coverage) is no share: use one above 0, to 1")
    }
    for name in settings.conditions ?? [] where !Self.conditionNames.contains(name) {
      throw FarqError(.usage, "condition '\(name)' is unknown: use \(Self.conditionNames.joined(separator: ", "))")
    }
    self.settings = settings
  }

  /// Measures every model under every condition.
  ///
  /// - Parameters:
  ///   - models: names and classifiers for the same labels; differences are to the first.
  ///   - other: labelled texts from elsewhere.
  ///   - progress: is told of each condition and model that begins.
  /// - Throws: ``FarqError`` `badData` where a model does not know a label of the data.
  public func callAsFunction(
    _ models: [(name: String, classifier: TextClassifier)], _ data: EvaluationData, other: EvaluationData? = nil,
    progress: (String) -> Void = { _ in }
  ) throws -> RobustnessReport {
    guard let first = models.first else { throw FarqError(.usage, "there is no model: name one") }
    for model in models {
      try data.check(against: model.classifier.labels)
      try other?.check(against: model.classifier.labels)
    }
    let documents = Documents(data, labels: first.classifier.labels)
    var measured: [(condition: Condition, predictions: [Predictions])] = []
    for condition in try conditions(documents, other, first.classifier) {
      let predictions = try models.map { model in
        progress("\(condition.name): \(model.name)")
        return try predict(condition.documents, model.classifier, labels: first.classifier.labels)
      }
      measured.append((condition, predictions))
    }
    return RobustnessReport(
      farqVersion: FarqVersion.current, data: data.documents.name, seed: settings.seed, coverage: settings.coverage,
      conditions: try records(measured, models.map(\.name)))
  }

  // MARK: Conditions

  private struct Documents {
    var texts: [String]
    var targets: [Int]

    init(texts: [String], targets: [Int]) { (self.texts, self.targets) = (texts, targets) }

    init(_ data: EvaluationData, labels: [String]) {
      let list = data.documents.documents(.test)
      let indices = Dictionary(
        labels.enumerated().map { (LabelName.cleaned($1), $0) }, uniquingKeysWith: { first, _ in first })
      texts = list.indices.map { list.text(at: $0) }
      targets = list.indices.map { indices[list.label(at: $0) ?? ""] ?? 0 }
    }
  }

  private struct Condition {
    let name: String
    let summary: String
    let documents: Documents
  }

  private func conditions(
    _ clean: Documents, _ other: EvaluationData?, _ classifier: TextClassifier
  ) throws -> [Condition] {
    var all = [Condition(name: "clean", summary: "The texts as they are.", documents: clean)]
    func add(_ name: String, _ summary: String, _ make: () throws -> Documents) rethrows {
      if settings.conditions?.contains(name) ?? true {
        all.append(Condition(name: name, summary: summary, documents: try make()))
      }
    }
    for place in DistractingPassage.Place.allCases {
      add("passage-\(place.rawValue)", "\(settings.passageWords) words of an article of another label, \(place.words).")
      {
        distracted(clean, place)
      }
    }
    for noise in SpellingNoise.allCases {
      add(noise.rawValue, "\(noise.words), each with probability \(settings.rate).") { noisy(clean, noise) }
    }
    let length = classifier.encoder.maximumLength
    try add("long", "Those of the clean texts that have more than \(length) tokens.") { try long(clean, classifier) }
    if let other {
      add("other", "Labelled texts from elsewhere: \(other.documents.name).") {
        Documents(other, labels: classifier.labels)
      }
    }
    return all.filter { !$0.documents.texts.isEmpty }
  }

  /// A generator for each document and purpose, so that one condition does not depend on which others are asked for.
  private func generator(_ document: Int, _ purpose: Int) -> SeededGenerator {
    var outer = SeededGenerator(seed: settings.seed ^ UInt64(purpose) << 48 ^ UInt64(document))
    return SeededGenerator(seed: outer.next())
  }

  private func distracted(_ clean: Documents, _ place: DistractingPassage.Place) -> Documents {
    var result = clean
    for index in clean.texts.indices {
      var generator = generator(index, 1)  // the same passage in every place
      let others = clean.targets.indices.filter { clean.targets[$0] != clean.targets[index] }
      guard !others.isEmpty else { continue }
      let source = clean.texts[others[generator.below(others.count)]]
      let passage = DistractingPassage.passage(of: source, words: settings.passageWords, using: &generator)
      result.texts[index] = DistractingPassage.inserted(passage, into: clean.texts[index], at: place)
    }
    return result
  }

  private func noisy(_ clean: Documents, _ noise: SpellingNoise) -> Documents {
    var result = clean
    let purpose = 2 + (SpellingNoise.allCases.firstIndex(of: noise) ?? 0)
    for index in clean.texts.indices {
      var generator = generator(index, purpose)
      result.texts[index] = noise.applied(to: clean.texts[index], rate: settings.rate, using: &generator)
    }
    return result
  }

  private func long(_ clean: Documents, _ classifier: TextClassifier) throws -> Documents {
    let encoded = try classifier.encoder.encode(clean.texts)
    let chosen = encoded.indices.filter { encoded[$0].tokenCount > classifier.encoder.maximumLength }
    return Documents(texts: chosen.map { clean.texts[$0] }, targets: chosen.map { clean.targets[$0] })
  }

  // MARK: Measuring

  private func predict(
    _ documents: Documents, _ classifier: TextClassifier, labels: [String]
  ) throws -> Predictions {
    let own = Dictionary(
      classifier.labels.enumerated().map { (LabelName.cleaned($1), $0) }, uniquingKeysWith: { first, _ in first })
    let order = try labels.map { label in
      guard let index = own[LabelName.cleaned(label)], classifier.labels.count == labels.count else {
        throw FarqError(
          .badData,
          "the models have different labels: \(labels.joined(separator: ", ")) and \(classifier.labels.joined(separator: ", "))"
        )
      }
      return index
    }
    let results = try classifier.classify(documents.texts)
    return try Predictions(
      classCount: labels.count, targets: documents.targets,
      scores: results.flatMap { result in order.map { result.logits[$0] } }, kind: .logits)
  }

  private func records(
    _ measured: [(condition: Condition, predictions: [Predictions])], _ names: [String]
  ) throws -> [RobustnessReport.Condition] {
    let bootstrap = PairedBootstrap(seed: settings.seed)
    let pairs = try measured.map { entry in
      try names.indices.dropFirst().map { index in
        (
          try bootstrap.differences(of: [.accuracy], [entry.predictions[0]], [entry.predictions[index]])[0],
          try McNemar(entry.predictions[0], entry.predictions[index]).pValue
        )
      }
    }
    var corrected = Holm.adjusted(pairs.flatMap { $0.map(\.1) })[...]
    return zip(measured, pairs).map { entry, pairs in
      RobustnessReport.Condition(
        name: entry.condition.name, summary: entry.condition.summary, documents: entry.condition.documents.texts.count,
        scores: zip(names, entry.predictions).map { score($0, $1) },
        differences: zip(names.dropFirst(), pairs).map { name, pair in
          RobustnessReport.Difference(
            a: names[0], b: name, delta: pair.0.delta,
            ci95: ConfidenceInterval(lower: pair.0.interval.lower, upper: pair.0.interval.upper), mcnemarP: pair.1,
            mcnemarPHolm: corrected.popFirst() ?? pair.1)
        })
    }
  }

  private func score(_ name: String, _ predictions: Predictions) -> RobustnessReport.ModelScore {
    let metrics = HeadlineMetrics(predictions, metrics: [.accuracy, .macroF1, .calibrationError])
    let right = zip(predictions.labels, predictions.targets).count { $0 == $1 }
    let interval = WilsonInterval.interval(successes: right, trials: predictions.count)
    return RobustnessReport.ModelScore(
      model: name, accuracy: metrics.accuracy, ci95: ConfidenceInterval(lower: interval.lower, upper: interval.upper),
      macroF1: metrics.macroF1, calibrationError: metrics[.calibrationError] ?? .nan,
      selectiveAccuracy: Self.selectiveAccuracy(predictions, coverage: settings.coverage))
  }

  /// The accuracy on the `coverage` share of the documents with the highest confidence (Geifman and El-Yaniv 2017), at least
  /// one; of equally confident ones the first.
  package static func selectiveAccuracy(_ predictions: Predictions, coverage: Double) -> Double {
    let (count, width) = (predictions.count, predictions.classCount)
    let probabilities = predictions.probabilities()
    let confidences = (0..<count).map { probabilities[$0 * width + predictions.labels[$0]] }
    let kept = max(1, Int((Double(count) * coverage).rounded()))
    let surest = (0..<count).sorted { (-confidences[$0], $0) < (-confidences[$1], $1) }.prefix(kept)
    return Double(surest.count { predictions.labels[$0] == predictions.targets[$0] }) / Double(max(1, surest.count))
  }
}

extension DistractingPassage.Place {
  fileprivate var words: String {
    switch self {
    case .before: "put before the text"
    case .inside: "put into the middle of the text"
    case .after: "put after the text, where it may lie beyond what the model reads"
    }
  }
}

extension SpellingNoise {
  fileprivate var words: String {
    switch self {
    case .dots: "Letters lose dots"
    case .hamza: "Hamzas are left out"
    case .joined: "Spaces between words are left out"
    }
  }
}
