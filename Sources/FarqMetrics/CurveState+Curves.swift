extension CurveState {
  /// The ROC of every class (none), of all classes' scores in one (micro), or the mean curve (macro).
  func roc(_ average: Average) -> [ROCCurve] {
    switch average {
    case .micro: return [microCounts().roc()]
    case .none, .weighted: return (0..<classCount).map { counts(of: $0).roc() }
    case .macro:
      let curves = roc(.none)
      let points = MacroCurve(curves.map { ($0.falsePositiveRates, $0.truePositiveRates) }).points()
      let thresholds = curves.flatMap(\.thresholds).sorted { CurveSearch.rises($1, $0) }
      return [ROCCurve(falsePositiveRates: points.x, truePositiveRates: points.y, thresholds: thresholds)]
    }
  }

  /// The precision-recall curve of every class (none), of all classes' scores in one (micro), or the mean curve (macro).
  func precisionRecall(_ average: Average) -> [PrecisionRecallCurve] {
    switch average {
    case .micro: return [microCounts().precisionRecall()]
    case .none, .weighted: return (0..<classCount).map { counts(of: $0).precisionRecall() }
    case .macro:
      let curves = precisionRecall(.none)
      let points = MacroCurve(curves.map { ($0.precision, $0.recall) }).points()
      let thresholds = curves.flatMap(\.thresholds).sorted(by: CurveSearch.rises)
      return [PrecisionRecallCurve(precision: points.x, recall: points.y, thresholds: thresholds)]
    }
  }

  /// Averages one value a class: undefined (NaN) classes are left out of macro and weighted, as TorchMetrics does.
  func averaged(_ scores: [Double], _ average: Average) -> MetricValue {
    let defined = scores.indices.filter { !scores[$0].isNaN }
    switch average {
    case .none, .micro: return .numbers(scores)
    case .macro: return .number(defined.reduce(0) { $0 + scores[$1] } / Double(defined.count))
    case .weighted:
      let support = support
      let total = defined.reduce(0) { $0 + support[$1] }
      return .number(
        total == 0 ? 0 : defined.reduce(0) { $0 + scores[$1] * Double(support[$1]) } / Double(total))
    }
  }
}
