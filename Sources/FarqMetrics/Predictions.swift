import FarqCore

/// What one model predicted for documents with known labels: the input of every metric and test here.
public struct Predictions: Sendable, Equatable {
  /// The number of classes C.
  public let classCount: Int
  /// The right labels, 0..<C, one a document [N].
  public let targets: [Int]
  /// The predicted labels [N]: the class with the highest score, the first of several equal ones.
  public private(set) var labels: [Int]
  /// The scores [N × C], document by document; empty where only labels are known.
  public private(set) var scores: [Float]
  /// What the scores are: logits or probabilities; `automatic` is settled when predictions are made.
  public let scoreKind: ScoreKind

  /// The number of documents N.
  public var count: Int { targets.count }
  /// Whether there are scores, and so probabilities.
  public var hasScores: Bool { !scores.isEmpty }

  /// Predictions of which only the labels are known.
  ///
  /// - Throws: ``FarqError`` `badData` where the lengths differ or a label is outside 0..<C.
  public init(classCount: Int, targets: [Int], labels: [Int]) throws {
    try Self.check(classCount: classCount, targets: targets)
    guard labels.count == targets.count, labels.allSatisfy({ 0..<classCount ~= $0 }) else {
      throw FarqError(
        .badData,
        "predicted labels do not fit \(targets.count) targets of \(classCount) classes; give one in 0..<\(classCount) each"
      )
    }
    self.classCount = classCount
    self.targets = targets
    self.labels = labels
    scores = []
    scoreKind = .probabilities
  }

  /// Predictions with a score for every class.
  ///
  /// - Parameter scores: [N × C], document by document. Probabilities may miss 0..1 by a rounding of 1e-6.
  /// - Throws: ``FarqError`` `badData` where the lengths do not fit, a target is outside 0..<C, or a probability
  ///   outside 0...1.
  public init(classCount: Int, targets: [Int], scores: [Float], kind: ScoreKind) throws {
    try Self.check(classCount: classCount, targets: targets)
    guard scores.count == targets.count * classCount else {
      throw FarqError(
        .badData, "\(scores.count) scores for \(targets.count) documents of \(classCount) classes; give one a class")
    }
    if kind == .probabilities, let bad = scores.firstIndex(where: { $0 < -1e-6 || $0 > 1 + 1e-6 }) {
      throw FarqError(
        .badData,
        "document \(bad / classCount): probability \(scores[bad]) is not between 0 and 1; give them as logits")
    }
    self.classCount = classCount
    self.targets = targets
    self.scores = scores
    scoreKind = kind == .automatic ? (scores.allSatisfy { $0 >= 0 && $0 <= 1 } ? .probabilities : .logits) : kind
    labels = ArgMax.labels(scores, classCount: classCount)
  }

  private static func check(classCount: Int, targets: [Int]) throws {
    guard classCount >= 2 else {
      throw FarqError(.badData, "\(classCount) classes; metrics of a classification need at least 2")
    }
    if let bad = targets.firstIndex(where: { !(0..<classCount ~= $0) }) {
      throw FarqError(
        .badData,
        "document \(bad): target \(targets[bad]) is not one of the labels 0 to \(classCount - 1); check the data")
    }
  }

  /// The probabilities [N × C]; empty where there are no scores.
  public func probabilities() -> [Float] {
    var probabilities = scores
    Probabilities.normalize(&probabilities, kind: scoreKind, classCount: classCount)
    return probabilities
  }

  /// The probabilities [N × C], made in the scores' own memory where nobody else holds them; scores and labels are given up.
  mutating func takeProbabilities() -> [Float] {
    labels = []
    var probabilities = scores
    scores = []
    Probabilities.normalize(&probabilities, kind: scoreKind, classCount: classCount)
    return probabilities
  }

  /// The confusion matrix of the predicted labels.
  public func confusionMatrix() -> ConfusionMatrix {
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for index in targets.indices { counts[targets[index] * classCount + labels[index]] += 1 }
    return ConfusionMatrix(classCount: classCount, checked: counts)
  }
}
