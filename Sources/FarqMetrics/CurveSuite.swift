/// The metrics of curves of a suite: each class is sorted once, and all its metrics are read off that one curve.
struct CurveSuite {
  private let state: CurveState
  private let options: MetricSuiteOptions
  private var areas: [Double] = []
  private var precisions: [Double] = []
  private var errorRates: [Double] = []
  private var logAreas: [Double] = []
  private var precisionAtRecall: [OperatingPoint] = []
  private var recallAtPrecision: [OperatingPoint] = []
  private var sensitivityAtSpecificity: [OperatingPoint] = []
  private var specificityAtSensitivity: [OperatingPoint] = []

  /// Reads all classes' curves of an exact state.
  init(_ state: CurveState, _ options: MetricSuiteOptions) throws {
    try Arguments.check(share: options.minimumRate, "minimumRate")
    self.state = state
    self.options = options
  }

  /// The metrics in the order in which they are printed.
  func fields() throws -> [MetricValue.Field] {
    var suite = self
    let crossing = suite.readCurves()
    return suite.areaFields(PooledErrorRate(state).value(), macroErrorRate(crossing)) + suite.pointFields()
      + (try curveFields())
  }

  /// Reads every class's curve, one at a time: a curve may have as many points as there are documents.
  ///
  /// - Returns: where the errors of the classes' mean ROC cross.
  private mutating func readCurves() -> ClosedRange<Float> {
    var (lower, upper): (Float, Float) = (1, 0)
    for label in 0..<state.classCount {
      let counts = state.counts(of: label)
      read(counts.precisionRecall())
      let roc = counts.roc()
      read(roc)
      (lower, upper) = (min(lower, roc.crossing.lowerBound), max(upper, roc.crossing.upperBound))
    }
    // Rounding may move the nearest point by a few units of the last place.
    return max(0, lower - 1e-5)...min(1, upper + 1e-5)
  }

  /// The equal error rate of the mean ROC: of every curve only the part where it can lie is kept.
  private func macroErrorRate(_ window: ClosedRange<Float>) -> Double {
    let curves = (0..<state.classCount).map { state.counts(of: $0).roc().points(in: window) }
    return MacroCurve(curves).equalErrorRate(in: window)
  }

  private mutating func read(_ curve: PrecisionRecallCurve) {
    precisions.append(curve.averagePrecision(nanIsZero: false))
    precisionAtRecall.append(curve.precision(atRecall: options.minimumRate))
    recallAtPrecision.append(curve.recall(atPrecision: options.minimumRate))
  }

  private mutating func read(_ curve: ROCCurve) {
    areas.append(curve.area)
    errorRates.append(curve.equalErrorRate)
    logAreas.append(curve.logArea((0.001, 0.1)))
    sensitivityAtSpecificity.append(curve.sensitivity(atSpecificity: options.minimumRate))
    specificityAtSensitivity.append(curve.specificity(atSensitivity: options.minimumRate))
  }

  private func areaFields(_ microErrorRate: Double, _ macroErrorRate: Double) -> [MetricValue.Field] {
    let averaged = { (scores: [Double], averages: [Average]) -> MetricValue in
      .object(averages.map { .init($0.rawValue, state.averaged(scores, $0)) })
    }
    return [
      .init("MulticlassAUROC", averaged(areas, [.macro, .weighted, .none])),
      .init("MulticlassAveragePrecision", averaged(precisions, [.macro, .weighted, .none])),
      .init(
        "MulticlassEER",
        .object([
          .init("none", .numbers(errorRates)), .init("micro", .number(microErrorRate)),
          .init("macro", .number(macroErrorRate)),
        ])),
      .init("MulticlassLogAUC", averaged(logAreas, [.macro, .none])),
    ]
  }

  private func pointFields() -> [MetricValue.Field] {
    let field = { (metric: String, minimum: String, rate: String, points: [OperatingPoint]) -> MetricValue.Field in
      .init(
        metric, .object([.init(minimum, .number(options.minimumRate))] + OperatingPoint.value(points, rate: rate)))
    }
    return [
      field("MulticlassPrecisionAtFixedRecall", "min_recall", "precision", precisionAtRecall),
      field("MulticlassRecallAtFixedPrecision", "min_precision", "recall", recallAtPrecision),
      field("MulticlassSensitivityAtSpecificity", "min_specificity", "sensitivity", sensitivityAtSpecificity),
      field("MulticlassSpecificityAtSensitivity", "min_sensitivity", "specificity", specificityAtSensitivity),
    ]
  }

  /// The curves themselves: exact for few documents, else at evenly spaced thresholds.
  private func curveFields() throws -> [MetricValue.Field] {
    var printed = state
    if state.targets.count > options.exactCurveLimit {
      printed = try CurveState(classCount: state.classCount, thresholds: .count(options.curveThresholds))
      printed.addBinned(state.probabilities, targets: state.targets)
    }
    let roc = { (average: Average) in printed.roc(average).map(\.value) }
    let precisionRecall = { (average: Average) in printed.precisionRecall(average).map(\.value) }
    let field = { (name: String, curves: (Average) -> [MetricValue]) -> MetricValue.Field in
      .init(
        name,
        .object([
          .init("none", .list(curves(.none))), .init("micro", curves(.micro)[0]), .init("macro", curves(.macro)[0]),
        ]))
    }
    return [field("MulticlassROC", roc), field("MulticlassPrecisionRecallCurve", precisionRecall)]
  }
}
