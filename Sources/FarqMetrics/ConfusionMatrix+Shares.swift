extension ConfusionMatrix {
  /// The cells row by row, as counts or as shares; 0/0 gives 0.
  public func values(_ normalization: ConfusionMatrixNormalization = .none) -> MetricValue {
    let (rows, columns, all) = (targetCounts, predictionCounts, total)
    return .list(
      (0..<classCount).map { row in
        .list(
          (0..<classCount).map { column in
            let count = self[row, column]
            return switch normalization {
            case .none: .count(count)
            case .target: .number(StatScores.ratio(count, rows[row]))
            case .prediction: .number(StatScores.ratio(count, columns[column]))
            case .all: .number(StatScores.ratio(count, all))
            }
          })
      })
  }

  /// Jaccard index tp / (tp + fp + fn); `zeroDivision` (0 or 1) where that is 0/0.
  ///
  /// Macro leaves out classes that occur nowhere, and the class `ignoreIndex` where it is one of 0..<C; micro leaves out that
  /// class's errors. Macro and weighted are NaN where no class is left, as in TorchMetrics.
  public func jaccardIndex(_ average: Average, ignoreIndex: Int? = nil, zeroDivision: Double = 0) -> MetricValue {
    let (targets, predictions) = (targetCounts, predictionCounts)
    let unions = (0..<classCount).map { targets[$0] + predictions[$0] - self[$0, $0] }
    let scores = (0..<classCount).map { StatScores.ratio(self[$0, $0], unions[$0], zeroDivision) }
    let ignored = ignoreIndex.flatMap { 0..<classCount ~= $0 ? $0 : nil }
    switch average {
    case .none: return .numbers(scores)
    case .micro:
      let union = unions.reduce(0, +) - (ignored.map { unions[$0] } ?? 0)
      return .number(StatScores.ratio(correct, union, zeroDivision))
    case .macro:
      let kept = (0..<classCount).filter { $0 != ignored && targets[$0] + predictions[$0] > 0 }
      return .number(kept.reduce(0) { $0 + scores[$1] } / Double(kept.count))
    case .weighted:
      return .number((0..<classCount).reduce(0) { $0 + Double(targets[$1]) * scores[$1] } / Double(total))
    }
  }
}
