/// The numbers that stand first in every report, for each epoch, model and pair of models; the raw value is the one name that
/// files, options and tests use.
public enum HeadlineMetric: String, Sendable, Codable, CaseIterable {
  /// Share of right predictions: `MulticlassAccuracy(average="micro")`.
  case accuracy
  /// Mean of the classes' F1: `MulticlassF1Score(average="macro")`.
  case macroF1 = "macro_f1"
  /// Mean of the classes' F1 weighted by support: `MulticlassF1Score(average="weighted")`.
  case weightedF1 = "weighted_f1"
  /// Mean of the classes' recall: `MulticlassAccuracy(average="macro")`.
  case balancedAccuracy = "balanced_accuracy"
  /// Matthews' correlation coefficient: `MulticlassMatthewsCorrCoef()`.
  case matthewsCorrelation = "matthews_correlation"
  /// Cohen's κ: `MulticlassCohenKappa()`.
  case cohenKappa = "cohen_kappa"
  /// Expected calibration error over 15 bins: `MulticlassCalibrationError()`, summed in double precision.
  case calibrationError = "calibration_error"
  /// Mean of the classes' areas under the ROC curve: `MulticlassAUROC(average="macro")`.
  case macroAUROC = "macro_auroc"
  /// Mean of −ln(probability of the target).
  case logLoss = "log_loss"

  /// The name for people; where there are several averages it says which.
  public var title: String {
    switch self {
    case .accuracy: "Accuracy"
    case .macroF1: "Macro F1"
    case .weightedF1: "Weighted F1"
    case .balancedAccuracy: "Balanced accuracy"
    case .matthewsCorrelation: "Matthews correlation"
    case .cohenKappa: "Cohen’s κ"
    case .calibrationError: "Calibration error"
    case .macroAUROC: "Macro AUROC"
    case .logLoss: "Log loss"
    }
  }

  /// Whether a greater value is better.
  public var higherIsBetter: Bool {
    self != .calibrationError && self != .logLoss
  }

  /// Whether it is a share of 1, shown in percent.
  public var isShare: Bool {
    switch self {
    case .accuracy, .macroF1, .weightedF1, .balancedAccuracy, .calibrationError: true
    case .matthewsCorrelation, .cohenKappa, .macroAUROC, .logLoss: false
    }
  }

  /// Whether it needs scores of every class, not only predicted labels.
  public var needsScores: Bool {
    self == .calibrationError || self == .macroAUROC || self == .logLoss
  }

  /// The value from a confusion matrix; nil where scores are needed.
  public func value(_ matrix: ConfusionMatrix) -> Double? {
    switch self {
    case .accuracy: StatScores.ratio(matrix.correct, matrix.total)
    case .macroF1: StatScores(matrix).fBeta(.macro, beta: 1).number
    case .weightedF1: StatScores(matrix).fBeta(.weighted, beta: 1).number
    case .balancedAccuracy: StatScores(matrix).accuracy(.macro).number
    case .matthewsCorrelation: matrix.matthewsCorrelation()
    case .cohenKappa: matrix.cohenKappa()
    case .calibrationError, .macroAUROC, .logLoss: nil
    }
  }
}
