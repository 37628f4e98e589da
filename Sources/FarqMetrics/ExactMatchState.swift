import FarqCore

/// The state of the exact match ratio: which samples are right at every position.
public struct ExactMatchState: MetricState {
  /// The number of classes C.
  public let classCount: Int
  /// Whether one value a sample is kept.
  public let multidimAverage: MultidimAverage
  /// Positions with this target count as right.
  public let ignoreIndex: Int?
  private(set) var correct = 0
  private(set) var total = 0
  private(set) var samples: [Double] = []

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for fewer than 2 classes.
  public init(classCount: Int, multidimAverage: MultidimAverage = .global, ignoreIndex: Int? = nil) throws {
    try Arguments.check(classCount: classCount)
    self.classCount = classCount
    self.multidimAverage = multidimAverage
    self.ignoreIndex = ignoreIndex
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: classCount, ignoreIndex: ignoreIndex)
    guard multidimAverage == .global || batch.positions > 1 else {
      throw FarqError(.usage, "samplewise averaging needs several positions a sample; use global for one label each")
    }
    let labels = batch.labels(classCount: classCount)
    for start in stride(from: 0, to: labels.count, by: batch.positions) {
      let right = (start..<start + batch.positions).allSatisfy {
        labels[$0] == batch.targets[$0] || batch.targets[$0] == ignoreIndex
      }
      correct += right ? 1 : 0
      total += 1
      if multidimAverage == .samplewise { samples.append(right ? 1 : 0) }
    }
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: ExactMatchState) throws {
    try Arguments.check(
      merging: classCount == other.classCount && multidimAverage == other.multidimAverage
        && ignoreIndex == other.ignoreIndex)
    correct += other.correct
    total += other.total
    samples += other.samples
  }

  /// Forgets everything.
  public mutating func reset() {
    (correct, total, samples) = (0, 0, [])
  }

  /// The share of samples that are right at every position (0 for none), or 0 and 1 for each sample.
  public var value: MetricValue {
    multidimAverage == .global ? .number(StatScores.ratio(correct, total)) : .numbers(samples)
  }
}
