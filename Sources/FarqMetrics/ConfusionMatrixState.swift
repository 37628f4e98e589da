import FarqCore

/// The state of metrics of a confusion matrix.
public struct ConfusionMatrixState: MetricState {
  /// Positions with this target are dropped.
  public let ignoreIndex: Int?
  /// The counts so far.
  public private(set) var matrix: ConfusionMatrix

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for fewer than 2 classes.
  public init(classCount: Int, ignoreIndex: Int? = nil) throws {
    try Arguments.check(classCount: classCount)
    self.ignoreIndex = ignoreIndex
    matrix = ConfusionMatrix(classCount: classCount)
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: matrix.classCount, ignoreIndex: ignoreIndex)
    try matrix.update(
      predictions: batch.labels(classCount: matrix.classCount), targets: batch.targets, ignoreIndex: ignoreIndex)
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: ConfusionMatrixState) throws {
    try Arguments.check(merging: ignoreIndex == other.ignoreIndex && matrix.classCount == other.matrix.classCount)
    try matrix.merge(other.matrix)
  }

  /// Forgets everything.
  public mutating func reset() {
    matrix.reset()
  }
}
