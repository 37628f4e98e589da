import FarqMetrics
import FarqReport

/// The confusion matrix and the scores of each label, as reports hold them.
enum ConfusionTable {
  /// Documents by target (rows) and prediction (columns).
  static func counts(_ predictions: Predictions, labels: [String]) -> [[Int]] {
    var counts = labels.map { _ in labels.map { _ in 0 } }
    for (target, predicted) in zip(predictions.targets, predictions.labels) { counts[target][predicted] += 1 }
    return counts
  }

  /// Precision, recall, F1 and support of each label; not a number where nothing was predicted or there.
  static func scores(_ predictions: Predictions, labels: [String]) -> [LabelScores] {
    let counts = counts(predictions, labels: labels)
    return labels.indices.map { label in
      let right = Double(counts[label][label])
      let support = counts[label].reduce(0, +)
      let predicted = counts.reduce(0) { $0 + $1[label] }
      return LabelScores(
        label: labels[label], precision: right / Double(predicted), recall: right / Double(support),
        f1: 2 * right / Double(support + predicted), support: support)
    }
  }
}
