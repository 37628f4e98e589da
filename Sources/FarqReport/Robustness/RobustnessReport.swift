/// How models do on texts that are not as those that they learned from: what `farq robustness` writes.
public struct RobustnessReport: Sendable, Codable, Equatable {
  /// One model under one condition.
  public struct ModelScore: Sendable, Codable, Equatable {
    /// The model's name.
    public var model: String
    /// Share of right predictions.
    public var accuracy: Double
    /// Wilson's 95 % interval of the accuracy.
    public var ci95: ConfidenceInterval
    /// Mean of the labels' F1.
    public var macroF1: Double
    /// Expected calibration error over 15 bins, as TorchMetrics.
    public var calibrationError: Double
    /// The accuracy on the share of the documents that the model is surest of.
    public var selectiveAccuracy: Double

    /// Makes the record.
    public init(
      model: String, accuracy: Double, ci95: ConfidenceInterval, macroF1: Double, calibrationError: Double,
      selectiveAccuracy: Double
    ) {
      self.model = model
      self.accuracy = accuracy
      self.ci95 = ci95
      self.macroF1 = macroF1
      self.calibrationError = calibrationError
      self.selectiveAccuracy = selectiveAccuracy
    }

    enum CodingKeys: String, CodingKey {
      case model, accuracy, ci95
      case macroF1 = "macro_f1"
      case calibrationError = "calibration_error"
      case selectiveAccuracy = "selective_accuracy"
    }
  }

  /// A model against the first one under one condition.
  public struct Difference: Sendable, Codable, Equatable {
    /// The first model.
    public var a: String
    /// The other model.
    public var b: String
    /// The accuracy of b less that of a.
    public var delta: Double
    /// Its 95 % interval (paired bootstrap over documents).
    public var ci95: ConfidenceInterval
    /// McNemar's exact test.
    public var mcnemarP: Double
    /// The same after Holm's correction over all differences of the report.
    public var mcnemarPHolm: Double

    /// Makes the record.
    public init(a: String, b: String, delta: Double, ci95: ConfidenceInterval, mcnemarP: Double, mcnemarPHolm: Double) {
      self.a = a
      self.b = b
      self.delta = delta
      self.ci95 = ci95
      self.mcnemarP = mcnemarP
      self.mcnemarPHolm = mcnemarPHolm
    }

    enum CodingKeys: String, CodingKey {
      case a, b, delta, ci95
      case mcnemarP = "mcnemar_p"
      case mcnemarPHolm = "mcnemar_p_holm"
    }
  }

  /// What was done to the texts, and what came of it.
  public struct Condition: Sendable, Codable, Equatable {
    /// The name: `clean`, `passage-before`, `dots`, `other`, …
    public var name: String
    /// What it is, in words.
    public var summary: String
    /// How many documents.
    public var documents: Int
    /// Every model.
    public var scores: [ModelScore]
    /// Every model but the first, against it.
    public var differences: [Difference]

    /// Makes the record.
    public init(name: String, summary: String, documents: Int, scores: [ModelScore], differences: [Difference]) {
      self.name = name
      self.summary = summary
      self.documents = documents
      self.scores = scores
      self.differences = differences
    }
  }

  /// The version of Farq.
  public var farqVersion: String
  /// What the data is called.
  public var data: String
  /// The seed of all that was drawn.
  public var seed: UInt64
  /// The share of the documents that selective accuracy is taken over.
  public var coverage: Double
  /// All conditions, the clean one first.
  public var conditions: [Condition]

  /// Makes the report.
  public init(farqVersion: String, data: String, seed: UInt64, coverage: Double, conditions: [Condition]) {
    self.farqVersion = farqVersion
    self.data = data
    self.seed = seed
    self.coverage = coverage
    self.conditions = conditions
  }

  enum CodingKeys: String, CodingKey {
    case data, seed, coverage, conditions
    case farqVersion = "farq_version"
  }

  /// How much accuracy a score has lost against the same model's on clean texts; nil for clean and other texts.
  public func loss(_ score: ModelScore, under condition: Condition) -> Double? {
    guard condition.name != "clean", condition.name != "other", condition.name != "long",
      let clean = conditions.first?.scores.first(where: { $0.model == score.model })
    else { return nil }
    return score.accuracy - clean.accuracy
  }

  /// All scores, a row a condition and model.
  public var table: CSVTable {
    CSVTable(
      header: [
        "condition", "documents", "model", "accuracy", "ci95_lower", "ci95_upper", "macro_f1", "calibration_error",
        "selective_accuracy", "delta", "delta_lower", "delta_upper", "mcnemar_p", "mcnemar_p_holm",
      ],
      rows: conditions.flatMap { condition in
        condition.scores.map { score in
          let difference = condition.differences.first { $0.b == score.model }
          let numbers =
            [
              score.accuracy, score.ci95.lower, score.ci95.upper, score.macroF1, score.calibrationError,
              score.selectiveAccuracy,
            ]
            .map { "\($0)" }
          let others = difference.map {
            [$0.delta, $0.ci95.lower, $0.ci95.upper, $0.mcnemarP, $0.mcnemarPHolm].map { "\($0)" }
          }
          return [condition.name, "\(condition.documents)", score.model] + numbers
            + (others ?? Array(repeating: "", count: 5))
        }
      })
  }

  /// For the terminal.
  public var text: String {
    let rows = conditions.flatMap { condition in
      condition.scores.enumerated().map { index, score in
        let difference = condition.differences.first { $0.b == score.model }
        return [
          index == 0 ? condition.name : "", index == 0 ? Formatted.integer(condition.documents) : "", score.model,
          Formatted.percent(score.accuracy), loss(score, under: condition).map { Formatted.points($0) } ?? "",
          Formatted.percent(score.macroF1), Formatted.percent(score.calibrationError),
          Formatted.percent(score.selectiveAccuracy),
          difference.map {
            "\(Formatted.points($0.delta)) (\(Formatted.points($0.ci95.lower)) to \(Formatted.points($0.ci95.upper)))"
          }
            ?? "", difference.map { Formatted.probability($0.mcnemarPHolm) } ?? "",
        ]
      }
    }
    return TextTable(
      columns: [
        .init("Texts"), .init("Documents", .trailing), .init("Model"), .init("Accuracy", .trailing),
        .init("Lost", .trailing),
        .init("Macro F1", .trailing), .init("ECE", .trailing),
        .init("Surest \(Formatted.percent(coverage, 0))", .trailing),
        .init("Δ to the first (points)", .trailing), .init("p", .trailing),
      ], rows: rows
    ).rendered()
  }
}
