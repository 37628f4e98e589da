import FarqMetrics
import Testing

/// Makes a metric with Farq's own defaults: only what has none is given.
enum DefaultMetric {
  static func make(_ name: String, _ needed: MetricValue, classes n: Int) throws -> any MulticlassMetric {
    func value(_ argument: String) -> Double { needed[argument]?.number ?? .nan }
    let made: (any MulticlassMetric)? =
      switch name {
      case "Accuracy": try MulticlassAccuracy(classCount: n)
      case "Precision": try MulticlassPrecision(classCount: n)
      case "Recall": try MulticlassRecall(classCount: n)
      case "F1Score": try MulticlassF1Score(classCount: n)
      case "FBetaScore": try MulticlassFBetaScore(beta: value("beta"), classCount: n)
      case "Specificity": try MulticlassSpecificity(classCount: n)
      case "NegativePredictiveValue": try MulticlassNegativePredictiveValue(classCount: n)
      case "HammingDistance": try MulticlassHammingDistance(classCount: n)
      case "StatScores": try MulticlassStatScores(classCount: n)
      case "JaccardIndex": try MulticlassJaccardIndex(classCount: n)
      case "ConfusionMatrix": try MulticlassConfusionMatrix(classCount: n)
      case "CohenKappa": try MulticlassCohenKappa(classCount: n)
      case "MatthewsCorrCoef": try MulticlassMatthewsCorrCoef(classCount: n)
      case "ExactMatch": try MulticlassExactMatch(classCount: n)
      default: try ofScores(name, value, n)
      }
    return try #require(made, "\(name) is unknown")
  }

  private static func ofScores(
    _ name: String, _ value: (String) -> Double, _ n: Int
  ) throws -> (any MulticlassMetric)? {
    switch name {
    case "CalibrationError": try MulticlassCalibrationError(classCount: n)
    case "HingeLoss": try MulticlassHingeLoss(classCount: n)
    case "AUROC": try MulticlassAUROC(classCount: n)
    case "AveragePrecision": try MulticlassAveragePrecision(classCount: n)
    case "ROC": try MulticlassROC(classCount: n)
    case "PrecisionRecallCurve": try MulticlassPrecisionRecallCurve(classCount: n)
    case "EER": try MulticlassEER(classCount: n)
    case "LogAUC": try MulticlassLogAUC(classCount: n)
    case "PrecisionAtFixedRecall":
      try MulticlassPrecisionAtFixedRecall(classCount: n, minRecall: value("min_recall"))
    case "RecallAtFixedPrecision":
      try MulticlassRecallAtFixedPrecision(classCount: n, minPrecision: value("min_precision"))
    case "SensitivityAtSpecificity":
      try MulticlassSensitivityAtSpecificity(classCount: n, minSpecificity: value("min_specificity"))
    case "SpecificityAtSensitivity":
      try MulticlassSpecificityAtSensitivity(classCount: n, minSensitivity: value("min_sensitivity"))
    default: nil
    }
  }
}
