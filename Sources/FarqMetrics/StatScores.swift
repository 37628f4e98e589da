/// The counts of every class against the rest: the state behind accuracy, precision, recall, F and their kin.
public struct StatScores: Sendable, Equatable, Codable {
  /// One set of counts a class [C].
  public var classes: [ClassCounts]

  /// Empty counts for C classes.
  public init(classCount: Int) {
    classes = [ClassCounts](repeating: ClassCounts(), count: classCount)
  }

  /// The counts that a confusion matrix holds.
  public init(_ matrix: ConfusionMatrix) {
    let (targets, predictions, total) = (matrix.targetCounts, matrix.predictionCounts, matrix.total)
    classes = (0..<matrix.classCount).map { label in
      let right = matrix[label, label]
      return ClassCounts(
        truePositives: right, falsePositives: predictions[label] - right,
        trueNegatives: total - targets[label] - predictions[label] + right, falseNegatives: targets[label] - right)
    }
  }

  /// The sum over the classes.
  public var sum: ClassCounts {
    classes.reduce(into: ClassCounts()) { $0 += $1 }
  }

  /// Adds another batch's or process's counts of the same classes.
  public mutating func add(_ other: StatScores) {
    for label in classes.indices { classes[label] += other.classes[label] }
  }
}
