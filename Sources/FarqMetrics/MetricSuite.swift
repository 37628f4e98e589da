import FarqCore

/// Every multiclass metric of TorchMetrics 1.9, computed once over all documents.
///
/// A metric with an argument `average` gives an object with one entry for each average it knows, the others their plain value.
public struct MetricSuite: Sendable {
  /// The arguments of the metrics.
  public let options: MetricSuiteOptions
  private var predictions: Predictions
  private static let averages: [Average] = [.micro, .macro, .weighted, .none]

  /// A suite over predictions.
  public init(_ predictions: Predictions, options: MetricSuiteOptions = MetricSuiteOptions()) {
    self.predictions = predictions
    self.options = options
  }

  /// `{"metrics": {…}}`: the metrics of labels, and where there are scores those of scores.
  ///
  /// - Throws: ``FarqError`` `usage` for options that cannot be.
  public consuming func compute() throws -> MetricValue {
    let fields = try labelMetrics()
    return .object([.init("metrics", .object(fields + (try scoreMetrics())))])
  }

  private func labelMetrics() throws -> [MetricValue.Field] {
    let matrix = predictions.confusionMatrix()
    let counts = try statScores(matrix)
    return ratios(counts) + [
      .init("MulticlassJaccardIndex", byAverage { matrix.jaccardIndex($0) }),
      .init("MulticlassStatScores", byAverage { counts.values($0) }),
      .init("MulticlassExactMatch", .number(StatScores.ratio(matrix.correct, matrix.total))),
      .init("MulticlassCohenKappa", .number(matrix.cohenKappa())),
      .init("MulticlassMatthewsCorrCoef", .number(matrix.matthewsCorrelation())),
      .init("MulticlassConfusionMatrix", matrix.values()),
    ]
  }

  private func ratios(_ counts: StatScores) -> [MetricValue.Field] {
    let k = options.topK
    return [
      .init("MulticlassAccuracy", byAverage { counts.accuracy($0, topK: k) }),
      .init("MulticlassPrecision", byAverage { counts.precision($0, topK: k) }),
      .init("MulticlassRecall", byAverage { counts.recall($0, topK: k) }),
      .init("MulticlassF1Score", byAverage { counts.fBeta($0, beta: 1) }),
      .init(
        "MulticlassFBetaScore",
        byAverage([.init("beta", .number(options.beta))]) { counts.fBeta($0, beta: options.beta) }),
      .init("MulticlassSpecificity", byAverage { counts.specificity($0) }),
      .init("MulticlassNegativePredictiveValue", byAverage { counts.negativePredictiveValue($0, topK: k) }),
      .init("MulticlassHammingDistance", byAverage { counts.hammingDistance($0) }),
    ]
  }

  private func statScores(_ matrix: ConfusionMatrix) throws -> StatScores {
    guard options.topK != 1 else { return StatScores(matrix) }
    var state = try StatScoresState(classCount: predictions.classCount, topK: options.topK)
    guard predictions.hasScores else {
      throw FarqError(.usage, "topK \(options.topK) needs a score for every class; give scores or topK 1")
    }
    try state.update(
      MetricBatch(scores: predictions.scores, targets: predictions.targets, kind: predictions.scoreKind))
    return state.total
  }

  private func byAverage(
    _ arguments: [MetricValue.Field] = [], _ value: (Average) -> MetricValue
  ) -> MetricValue {
    .object(arguments + Self.averages.map { .init($0.rawValue, value($0)) })
  }

  private mutating func scoreMetrics() throws -> [MetricValue.Field] {
    guard predictions.hasScores else { return [] }
    let (count, targets) = (predictions.classCount, predictions.targets)
    let probabilities = predictions.takeProbabilities()
    let calibration = CalibrationState(classCount: count, probabilities: probabilities, targets: targets)
      .error(binCount: options.binCount, norm: .l1)
    var hinge = try HingeState(classCount: count)
    hinge.add(probabilities, targets)
    return [.init("MulticlassCalibrationError", .number(calibration)), .init("MulticlassHingeLoss", hinge.value)]
      + (try CurveSuite(CurveState(classCount: count, probabilities: probabilities, targets: targets), options).fields())
  }
}
