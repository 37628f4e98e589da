import FarqCore

/// The state of the hinge loss: sums of losses and the number of positions.
public struct HingeState: MetricState {
  /// The number of classes C.
  public let classCount: Int
  /// Positions with this target are dropped.
  public let ignoreIndex: Int?
  /// Whether losses are squared.
  public let squared: Bool
  /// Which margin is taken.
  public let mode: HingeMode
  private(set) var sums: [Double]
  private(set) var total = 0

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for fewer than 2 classes.
  public init(classCount: Int, squared: Bool = false, mode: HingeMode = .crammerSinger, ignoreIndex: Int? = nil) throws
  {
    try Arguments.check(classCount: classCount)
    self.classCount = classCount
    self.squared = squared
    self.mode = mode
    self.ignoreIndex = ignoreIndex
    sums = [Double](repeating: 0, count: mode == .crammerSinger ? 1 : classCount)
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: classCount, ignoreIndex: ignoreIndex)
    let (rows, targets) = try batch.probabilities(classCount: classCount, ignoreIndex: ignoreIndex)
    add(rows, targets)
  }

  mutating func add(_ rows: [Float], _ targets: [Int]) {
    for (row, target) in targets.enumerated() {
      let start = row * classCount
      switch mode {
      case .crammerSinger:
        var other = -Float.infinity
        for label in 0..<classCount where label != target && !(rows[start + label] <= other) {
          other = rows[start + label]
        }
        sums[0] += loss(rows[start + target] - other)
      case .oneVersusAll:
        for label in 0..<classCount {
          sums[label] += loss(label == target ? rows[start + label] : -rows[start + label])
        }
      }
    }
    total += targets.count
  }

  private func loss(_ margin: Float) -> Double {
    let measure = 1 - margin
    let clamped = measure < 0 ? 0 : measure
    return Double(squared ? clamped * clamped : clamped)
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: HingeState) throws {
    try Arguments.check(
      merging: classCount == other.classCount && ignoreIndex == other.ignoreIndex && squared == other.squared
        && mode == other.mode)
    for index in sums.indices { sums[index] += other.sums[index] }
    total += other.total
  }

  /// Forgets everything.
  public mutating func reset() {
    sums = sums.map { _ in 0 }
    total = 0
  }

  /// The mean loss, or the mean losses of the classes; NaN (0/0) for no positions.
  public var value: MetricValue {
    let means = sums.map { $0 / Double(total) }
    return mode == .crammerSinger ? .number(means[0]) : .numbers(means)
  }
}
