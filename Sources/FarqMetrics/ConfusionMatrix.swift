import FarqCore

/// How often each class was predicted for each target: the one state that most metrics are computed from.
///
/// Counts are 64-bit whole numbers, so that adding batches or processes in any order is exact.
public struct ConfusionMatrix: Sendable, Equatable, Codable {
  /// The number of classes C.
  public let classCount: Int
  /// The counts [C × C], row by row: a row is a target, a column a prediction.
  public private(set) var counts: [Int]

  /// An empty matrix.
  public init(classCount: Int) {
    self.classCount = max(0, classCount)
    counts = [Int](repeating: 0, count: self.classCount * self.classCount)
  }

  /// A matrix of given counts, row by row.
  ///
  /// - Throws: ``FarqError`` `usage` where there are not C × C counts or one is negative.
  public init(classCount: Int, counts: [Int]) throws {
    guard classCount >= 0, counts.count == classCount * classCount, counts.allSatisfy({ $0 >= 0 }) else {
      throw FarqError(
        .usage, "\(counts.count) counts for a confusion matrix of \(classCount) classes; give C × C counts of 0 or more"
      )
    }
    self.classCount = classCount
    self.counts = counts
  }

  /// A matrix of counts that are known to fit.
  init(classCount: Int, checked counts: [Int]) {
    self.classCount = classCount
    self.counts = counts
  }

  /// The matrix of `predictions` against `targets`, label by label.
  ///
  /// - Throws: as ``update(predictions:targets:ignoreIndex:)``.
  public init(classCount: Int, predictions: [Int], targets: [Int], ignoreIndex: Int? = nil) throws {
    self.init(classCount: classCount)
    try update(predictions: predictions, targets: targets, ignoreIndex: ignoreIndex)
  }

  /// How often `prediction` was predicted where `target` was right.
  public subscript(target: Int, prediction: Int) -> Int {
    counts[target * classCount + prediction]
  }

  /// Adds a batch; items whose target is `ignoreIndex` (inside or outside 0..<C) are dropped.
  ///
  /// - Throws: ``FarqError`` `badData` for a label outside 0..<C or unequal lengths; the matrix stays as it was then.
  public mutating func update(predictions: [Int], targets: [Int], ignoreIndex: Int? = nil) throws {
    guard predictions.count == targets.count else {
      throw FarqError(.badData, "\(predictions.count) predictions for \(targets.count) targets; give one for each")
    }
    var added = counts
    for (position, (prediction, target)) in zip(predictions, targets).enumerated() where target != ignoreIndex {
      guard 0..<classCount ~= target, 0..<classCount ~= prediction else {
        throw FarqError(
          .badData,
          "item \(position): target \(target), prediction \(prediction); labels are 0 to \(classCount - 1)")
      }
      added[target * classCount + prediction] += 1
    }
    counts = added
  }

  /// Adds the counts of another batch or process.
  ///
  /// - Throws: ``FarqError`` `usage` where the numbers of classes differ.
  public mutating func merge(_ other: ConfusionMatrix) throws {
    guard other.classCount == classCount else {
      throw FarqError(
        .usage, "matrices of \(classCount) and \(other.classCount) classes do not add up; merge equal ones")
    }
    for index in counts.indices { counts[index] += other.counts[index] }
  }

  /// Forgets all counts.
  public mutating func reset() {
    self = ConfusionMatrix(classCount: classCount)
  }

  /// How many items were counted.
  public var total: Int { counts.reduce(0, +) }
  /// How many predictions were right.
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }
  /// How often each class is a target: the rows' sums [C].
  public var targetCounts: [Int] {
    (0..<classCount).map { row in (0..<classCount).reduce(0) { $0 + self[row, $1] } }
  }
  /// How often each class was predicted: the columns' sums [C].
  public var predictionCounts: [Int] {
    (0..<classCount).map { column in (0..<classCount).reduce(0) { $0 + self[$1, column] } }
  }
}
