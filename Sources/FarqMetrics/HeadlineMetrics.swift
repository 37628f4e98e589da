/// The headline numbers of one model on one set of documents.
public struct HeadlineMetrics: Sendable, Equatable, Codable {
  /// How many documents were predicted.
  public let documentCount: Int
  /// The values by metric; those that need scores are missing where only labels are known.
  public let values: [HeadlineMetric: Double]

  /// The value of `metric`; nil where it needs scores that are not there.
  public subscript(metric: HeadlineMetric) -> Double? { values[metric] }

  /// Share of right predictions.
  public var accuracy: Double { values[.accuracy] ?? .nan }
  /// Mean of the classes' F1.
  public var macroF1: Double { values[.macroF1] ?? .nan }

  /// Computes them.
  ///
  /// - Parameter metrics: which; those left out cost nothing.
  public init(_ predictions: Predictions, metrics: [HeadlineMetric] = HeadlineMetric.allCases) {
    documentCount = predictions.count
    let matrix = predictions.confusionMatrix()
    var values: [HeadlineMetric: Double] = [:]
    for metric in metrics { values[metric] = metric.value(matrix) }
    if predictions.hasScores, metrics.contains(where: \.needsScores) {
      let probabilities = predictions.probabilities()
      for metric in metrics where metric.needsScores {
        values[metric] = Self.value(metric, predictions, probabilities)
      }
    }
    self.values = values
  }

  private static func value(_ metric: HeadlineMetric, _ predictions: Predictions, _ probabilities: [Float]) -> Double? {
    let (count, targets) = (predictions.classCount, predictions.targets)
    switch metric {
    case .calibrationError:
      let bins = CalibrationState(classCount: count, probabilities: probabilities, targets: targets).reliability()
      return bins.reduce(0) { $0 + abs(Double($1.hits) - $1.confidenceSum) } / Double(targets.count)
    case .macroAUROC:
      let curves = CurveState(classCount: count, probabilities: probabilities, targets: targets)
      return curves.averaged((0..<count).map { curves.counts(of: $0).roc().area }, .macro).number
    case .logLoss: return LogLoss.mean(predictions)
    case .accuracy, .macroF1, .weightedF1, .balancedAccuracy, .matthewsCorrelation, .cohenKappa: return nil
    }
  }

  /// The values in the order of ``HeadlineMetric``, under their short names.
  public var value: MetricValue {
    .object(HeadlineMetric.allCases.compactMap { metric in values[metric].map { .init(metric.rawValue, .number($0)) } })
  }
}
