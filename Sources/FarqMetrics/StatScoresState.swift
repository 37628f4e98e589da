import FarqCore

/// The state of accuracy, precision, recall, F, specificity, Hamming distance and their kin.
public struct StatScoresState: MetricState {
  /// The number of classes C.
  public let classCount: Int
  /// A prediction is right where the target is among the k highest scores; else the highest counts as predicted.
  public let topK: Int
  /// Whether counts are kept for each sample.
  public let multidimAverage: MultidimAverage
  /// Positions with this target are dropped.
  public let ignoreIndex: Int?
  /// The counts over all positions (`global`).
  public private(set) var total: StatScores
  /// The counts of each sample (`samplewise`).
  public private(set) var samples: [StatScores] = []

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, topK: Int = 1, multidimAverage: MultidimAverage = .global, ignoreIndex: Int? = nil)
    throws
  {
    try Arguments.check(classCount: classCount)
    try Arguments.check(topK: topK, classCount: classCount)
    self.classCount = classCount
    self.topK = topK
    self.multidimAverage = multidimAverage
    self.ignoreIndex = ignoreIndex
    total = StatScores(classCount: classCount)
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: classCount, ignoreIndex: ignoreIndex)
    let labels = try refinedLabels(batch)
    switch multidimAverage {
    case .global: total.add(StatScores(matrix(labels[...], batch.targets[...])))
    case .samplewise:
      guard batch.positions > 1 else {
        throw FarqError(.usage, "samplewise averaging needs several positions a sample; use global for one label each")
      }
      for start in stride(from: 0, to: labels.count, by: batch.positions) {
        let range = start..<start + batch.positions
        samples.append(StatScores(matrix(labels[range], batch.targets[range])))
      }
    }
  }

  private func matrix(_ labels: ArraySlice<Int>, _ targets: ArraySlice<Int>) -> ConfusionMatrix {
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for (label, target) in zip(labels, targets) where target != ignoreIndex { counts[target * classCount + label] += 1 }
    return ConfusionMatrix(classCount: classCount, checked: counts)
  }

  /// The predicted labels; with topK > 1 the target itself where it is among the k highest scores.
  private func refinedLabels(_ batch: MetricBatch) throws -> [Int] {
    guard topK > 1 else { return batch.labels(classCount: classCount) }
    guard batch.hasScores else {
      throw FarqError(.usage, "topK \(topK) needs a score for every class, not predicted labels; give scores or topK 1")
    }
    let rows = batch.rows(classCount: classCount)
    return batch.targets.indices.map { index in
      let row = rows[index * classCount..<(index + 1) * classCount]
      let target = batch.targets[index]
      let ranked = Array(row).enumerated().sorted { Self.ranksBefore($0, $1) }.prefix(topK).map(\.offset)
      return ranked.contains(target) ? target : ranked[0]
    }
  }

  /// Higher scores first, NaN before all, the lower class of equal ones.
  private static func ranksBefore(_ left: (offset: Int, element: Float), _ right: (offset: Int, element: Float)) -> Bool
  {
    let (a, b) = (left.element.isNaN ? .infinity : left.element, right.element.isNaN ? .infinity : right.element)
    return a == b ? left.offset < right.offset : a > b
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: StatScoresState) throws {
    try Arguments.check(
      merging: classCount == other.classCount && topK == other.topK && multidimAverage == other.multidimAverage
        && ignoreIndex == other.ignoreIndex)
    total.add(other.total)
    samples += other.samples
  }

  /// Forgets everything.
  public mutating func reset() {
    total = StatScores(classCount: classCount)
    samples = []
  }

  /// Applies `formula` to all counts, or to those of each sample.
  public func reduce(_ formula: (StatScores) -> MetricValue) -> MetricValue {
    multidimAverage == .global ? formula(total) : .list(samples.map(formula))
  }
}
