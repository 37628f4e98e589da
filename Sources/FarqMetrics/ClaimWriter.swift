import Foundation

/// Says in plain English what a comparison shows and what it does not.
public struct ClaimWriter: Sendable {
  /// Below which corrected p-value a difference counts as shown.
  public var level: Double

  /// A writer for a level of significance.
  public init(level: Double = 0.05) {
    self.level = level
  }

  /// What can be claimed and what cannot, as sentences.
  public func sentences(_ comparison: ModelComparison) -> [String] {
    guard let accuracy = comparison[.accuracy] else { return [] }
    return [finding(comparison, accuracy), evidence(comparison, accuracy)]
      + disagreements(comparison, accuracy) + limits(comparison, accuracy)
  }

  /// Whether test and interval agree that accuracies differ.
  public func isShown(_ comparison: ModelComparison) -> Bool {
    comparison.adjustedPValue < level && comparison[.accuracy]?.excludesZero == true
  }

  private func finding(_ comparison: ModelComparison, _ accuracy: MetricDifference) -> String {
    let (first, second) = (comparison.first, comparison.second)
    if isShown(comparison) {
      let word = accuracy.delta > 0 ? "more" : "less"
      return "On these documents \(second) is \(word) accurate than \(first), by \(points(abs(accuracy.delta))) points."
    }
    if comparison.mcNemar.onlyFirstRight + comparison.mcNemar.onlySecondRight == 0 {
      return "\(second) and \(first) are right and wrong on the same documents; no difference in accuracy was seen."
    }
    return "No difference in accuracy between \(second) and \(first) is shown; that does not show that they are equal."
  }

  private func evidence(_ comparison: ModelComparison, _ accuracy: MetricDifference) -> String {
    let test = comparison.mcNemar
    return "Accuracy \(percent(accuracy.second)) against \(percent(accuracy.first)), difference "
      + "\(signed(accuracy.delta)) points (95 % interval \(signed(accuracy.interval.lower)) to "
      + "\(signed(accuracy.interval.upper))); \(test.onlySecondRight) predictions were right only with "
      + "\(comparison.second), \(test.onlyFirstRight) only with \(comparison.first) "
      + "(McNemar's exact test, p \(pValue(comparison.adjustedPValue)) after Holm's correction)."
  }

  /// Other metrics that point the other way, which a reader must know.
  private func disagreements(_ comparison: ModelComparison, _ accuracy: MetricDifference) -> [String] {
    comparison.differences.compactMap { difference in
      guard difference.metric != .accuracy, difference.excludesZero, !difference.delta.isNaN else { return nil }
      let better = difference.metric.higherIsBetter == (difference.delta > 0)
      guard better != (accuracy.delta > 0) || !isShown(comparison) else { return nil }
      return "\(difference.metric.title) is \(better ? "better" : "worse") with \(comparison.second) "
        + "(\(format(difference.second, 4)) against \(format(difference.first, 4))); this interval is not corrected for "
        + "how many metrics are looked at."
    }
  }

  private func limits(_ comparison: ModelComparison, _ accuracy: MetricDifference) -> [String] {
    var limits: [String] = []
    if !isShown(comparison) {
      let reach = max(abs(accuracy.interval.lower), abs(accuracy.interval.upper))
      limits.append("A difference of up to \(points(reach)) points either way of what was seen cannot be ruled out.")
    }
    if comparison.seedCount == 1 {
      limits.append(
        "One training seed a model: another seed may turn the difference round, so nothing is claimed about the methods, "
          + "only about these two trained models.")
    } else {
      limits.append(
        "The test pools \(comparison.seedCount) seeds and counts a document once a seed, as if they were independent, which "
          + "makes its p-value too small; the interval, which draws documents with all their seeds, does not.")
    }
    limits.append(
      "Nothing is claimed about documents from other sources or times than these \(comparison.documentCount).")
    return limits
  }

  private func points(_ share: Double) -> String { format(100 * share, 2) }
  private func percent(_ share: Double) -> String { format(100 * share, 2) + " %" }
  private func signed(_ share: Double) -> String { (share < 0 ? "−" : "+") + format(abs(100 * share), 2) }
  private func pValue(_ value: Double) -> String { value < 0.0001 ? "< 0.0001" : "= " + format(value, 4) }

  private func format(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }
}
