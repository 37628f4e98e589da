import FarqMetrics
import Testing

/// Makes a metric from the name and arguments of TorchMetrics.
struct MetricMaker {
  let name: String
  let arguments: MetricValue
  let classes: Int
  let ignore: Int?

  private func text(_ name: String) -> String? {
    if case .text(let value)? = arguments[name] { value } else { nil }
  }

  private func number(_ name: String) -> Double? { arguments[name]?.number }

  private func average(_ fallback: Average) -> Average {
    text("average").flatMap(Average.init) ?? (arguments["average"] == nil ? fallback : .none)
  }

  private var thresholds: Thresholds {
    if let values = arguments["thresholds"]?.elements { return .values(values.map { Float($0.number ?? .nan) }) }
    if let count = number("thresholds"), !count.isNaN { return .count(Int(count)) }
    return .exact
  }

  private var topK: Int { Int(number("top_k") ?? 1) }
  private var zero: Double { number("zero_division") ?? 0 }
  private var multidim: MultidimAverage { text("multidim_average").flatMap(MultidimAverage.init) ?? .global }

  func make() throws -> any MulticlassMetric {
    if let metric = try ratio() ?? curve() { return metric }
    switch name {
    case "ConfusionMatrix":
      let normalize = text("normalize").flatMap(ConfusionMatrixNormalization.init) ?? .none
      return try MulticlassConfusionMatrix(classCount: classes, normalize: normalize, ignoreIndex: ignore)
    case "CohenKappa":
      let weights = text("weights").flatMap(KappaWeights.init) ?? .none
      return try MulticlassCohenKappa(classCount: classes, weights: weights, ignoreIndex: ignore)
    case "MatthewsCorrCoef": return try MulticlassMatthewsCorrCoef(classCount: classes, ignoreIndex: ignore)
    case "JaccardIndex":
      return try MulticlassJaccardIndex(
        classCount: classes, average: average(.macro), zeroDivision: zero, ignoreIndex: ignore)
    case "ExactMatch":
      return try MulticlassExactMatch(classCount: classes, multidimAverage: multidim, ignoreIndex: ignore)
    case "CalibrationError":
      return try MulticlassCalibrationError(
        classCount: classes, binCount: Int(number("n_bins") ?? 15),
        norm: text("norm").flatMap(CalibrationNorm.init) ?? .l1, ignoreIndex: ignore)
    default:
      try #require(name == "HingeLoss")
      return try MulticlassHingeLoss(
        classCount: classes, squared: arguments["squared"] == .count(1),
        mode: text("multiclass_mode").flatMap(HingeMode.init) ?? .crammerSinger, ignoreIndex: ignore)
    }
  }

  private func ratio() throws -> (any MulticlassMetric)? {
    let (n, a, k, m, i) = (classes, average(.macro), topK, multidim, ignore)
    return switch name {
    case "Accuracy":
      try MulticlassAccuracy(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i)
    case "Specificity":
      try MulticlassSpecificity(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i)
    case "HammingDistance":
      try MulticlassHammingDistance(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i)
    case "StatScores":
      try MulticlassStatScores(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i)
    case "Precision":
      try MulticlassPrecision(
        classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i, zeroDivision: zero)
    case "Recall":
      try MulticlassRecall(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i, zeroDivision: zero)
    case "F1Score":
      try MulticlassF1Score(classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i, zeroDivision: zero)
    case "NegativePredictiveValue":
      try MulticlassNegativePredictiveValue(
        classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i, zeroDivision: zero)
    case "FBetaScore":
      try MulticlassFBetaScore(
        beta: number("beta") ?? .nan, classCount: n, average: a, topK: k, multidimAverage: m, ignoreIndex: i,
        zeroDivision: zero)
    default: nil
    }
  }

  private func curve() throws -> (any MulticlassMetric)? {
    let (n, t, i) = (classes, thresholds, ignore)
    switch name {
    case "AUROC": return try MulticlassAUROC(classCount: n, average: average(.macro), thresholds: t, ignoreIndex: i)
    case "AveragePrecision":
      return try MulticlassAveragePrecision(classCount: n, average: average(.macro), thresholds: t, ignoreIndex: i)
    case "ROC": return try MulticlassROC(classCount: n, average: average(.none), thresholds: t, ignoreIndex: i)
    case "PrecisionRecallCurve":
      return try MulticlassPrecisionRecallCurve(
        classCount: n, average: average(.none), thresholds: t, ignoreIndex: i)
    case "EER": return try MulticlassEER(classCount: n, average: average(.none), thresholds: t, ignoreIndex: i)
    case "LogAUC":
      let range = arguments["fpr_range"]?.elements?.compactMap(\.number).map(Float.init) ?? [0.001, 0.1]
      return try MulticlassLogAUC(
        classCount: n, falsePositiveRates: (range[0], range[1]), average: average(.none), thresholds: t, ignoreIndex: i)
    case "PrecisionAtFixedRecall":
      return try MulticlassPrecisionAtFixedRecall(
        classCount: n, minRecall: number("min_recall") ?? .nan, thresholds: t, ignoreIndex: i)
    case "RecallAtFixedPrecision":
      return try MulticlassRecallAtFixedPrecision(
        classCount: n, minPrecision: number("min_precision") ?? .nan, thresholds: t, ignoreIndex: i)
    case "SensitivityAtSpecificity":
      return try MulticlassSensitivityAtSpecificity(
        classCount: n, minSpecificity: number("min_specificity") ?? .nan, thresholds: t, ignoreIndex: i)
    case "SpecificityAtSensitivity":
      return try MulticlassSpecificityAtSensitivity(
        classCount: n, minSensitivity: number("min_sensitivity") ?? .nan, thresholds: t, ignoreIndex: i)
    default: return nil
    }
  }
}
