import FarqCore

/// Predictions and targets that a metric is updated with: TorchMetrics' `preds` and `target`.
///
/// A target has the shape [N] or [N × M], where M positions belong to one sample; predicted labels have the same shape, scores
/// have [N × C] or [N × C × M]. All are flat, the last axis fastest.
public struct MetricBatch: Sendable {
  /// What was predicted.
  public enum Content: Sendable {
    /// A label a position.
    case labels([Int])
    /// A score for each class and position, and what the scores are.
    case scores([Float], ScoreKind)
  }

  /// The right labels [N × M].
  public let targets: [Int]
  /// What was predicted.
  public let content: Content
  /// M, the positions of one sample: 1 for documents with one label.
  public let positions: Int

  /// A batch of predicted labels.
  public init(labels: [Int], targets: [Int], positions: Int = 1) {
    self.init(content: .labels(labels), targets: targets, positions: positions)
  }

  /// A batch of scores [N × C × M].
  public init(scores: [Float], targets: [Int], kind: ScoreKind = .automatic, positions: Int = 1) {
    self.init(content: .scores(scores, kind), targets: targets, positions: positions)
  }

  private init(content: Content, targets: [Int], positions: Int) {
    self.content = content
    self.targets = targets
    self.positions = positions
  }

  /// The number of samples N.
  var sampleCount: Int { targets.count / positions }

  /// Whether there are scores.
  var hasScores: Bool {
    if case .scores = content { true } else { false }
  }

  /// Checks shapes and labels.
  ///
  /// - Throws: ``FarqError`` `badData` that names the first item that does not fit.
  func check(classCount: Int, ignoreIndex: Int?) throws {
    guard positions >= 1, targets.count % positions == 0 else {
      throw FarqError(
        .badData, "\(targets.count) targets are no whole samples of \(positions) positions; give M targets each")
    }
    if let bad = targets.firstIndex(where: { !(0..<classCount ~= $0) && $0 != ignoreIndex }) {
      throw FarqError(.badData, "item \(bad): target \(targets[bad]) is not one of the labels 0 to \(classCount - 1)")
    }
    switch content {
    case .labels(let labels):
      try Self.check(labels.count, targets.count, "predicted labels")
      if let bad = labels.firstIndex(where: { !(0..<classCount ~= $0) }), targets[bad] != ignoreIndex {
        throw FarqError(
          .badData, "item \(bad): prediction \(labels[bad]) is not one of the labels 0 to \(classCount - 1)")
      }
    case .scores(let scores, _):
      try Self.check(scores.count, targets.count * classCount, "scores")
    }
  }

  private static func check(_ count: Int, _ expected: Int, _ what: String) throws {
    guard count == expected else {
      throw FarqError(.badData, "\(count) \(what) where the targets need \(expected); give one for each")
    }
  }

  /// The predicted labels [N × M]: those given, or the classes with the highest score.
  func labels(classCount: Int) -> [Int] {
    switch content {
    case .labels(let labels): labels
    case .scores(let scores, _): ArgMax.labels(rows(scores, classCount), classCount: classCount)
    }
  }

  /// The scores with one row a position [N·M × C]; empty where there are none.
  func rows(classCount: Int) -> [Float] {
    if case .scores(let scores, _) = content { rows(scores, classCount) } else { [] }
  }

  private func rows(_ scores: [Float], _ classCount: Int) -> [Float] {
    guard positions > 1 else { return scores }
    var rows = scores
    for sample in 0..<sampleCount {
      for label in 0..<classCount {
        for position in 0..<positions {
          let source = (sample * classCount + label) * positions + position
          rows[(sample * positions + position) * classCount + label] = scores[source]
        }
      }
    }
    return rows
  }

  /// The probabilities [K × C] and targets [K] of what is not ignored.
  ///
  /// - Throws: ``FarqError`` `usage` where only labels are known.
  func probabilities(classCount: Int, ignoreIndex: Int?) throws -> ([Float], [Int]) {
    guard case .scores(let scores, let kind) = content else {
      throw FarqError(
        .usage, "this metric needs a score for every class, not predicted labels; give logits or probabilities")
    }
    var kept = rows(scores, classCount)
    var keptTargets = targets
    if let ignoreIndex, targets.contains(ignoreIndex) {
      let indices = targets.indices.filter { targets[$0] != ignoreIndex }
      keptTargets = indices.map { targets[$0] }
      kept = indices.flatMap { kept[$0 * classCount..<($0 + 1) * classCount] }
    }
    Probabilities.normalize(&kept, kind: kind, classCount: classCount)
    return (kept, keptTargets)
  }
}
