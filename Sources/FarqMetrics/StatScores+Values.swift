extension StatScores {
  /// The counts themselves, as [tp, fp, tn, fn, support]: micro is their sum, macro their plain mean over **all** classes,
  /// weighted their mean by support (NaN without any target), none one row a class [C × 5].
  public func values(_ average: Average) -> MetricValue {
    let rows = classes.map(Self.row)
    switch average {
    case .micro: return .counts(Self.row(sum))
    case .none: return .list(rows.map { .counts($0) })
    case .macro:
      return .numbers((0..<5).map { column in rows.reduce(0) { $0 + Double($1[column]) } / Double(rows.count) })
    case .weighted:
      let support = Double(sum.support)
      return .numbers(
        (0..<5).map { column in rows.reduce(0) { $0 + Double($1[column]) * (Double($1[4]) / support) } })
    }
  }

  private static func row(_ counts: ClassCounts) -> [Int] {
    [counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives, counts.support]
  }
}
