import FarqCore

/// The state of every metric of curves: all probabilities (exact), or counts at fixed thresholds.
public struct CurveState: MetricState {
  /// The number of classes C.
  public let classCount: Int
  /// Where curves are evaluated.
  public let thresholds: Thresholds
  /// Positions with this target are dropped.
  public let ignoreIndex: Int?
  /// The probabilities so far [K × C], where exact.
  private(set) var probabilities: [Float] = []
  /// The targets so far [K], where exact.
  private(set) var targets: [Int] = []
  /// The counts so far, where thresholds are fixed.
  private(set) var binned: BinnedCounts?

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for arguments that cannot be.
  public init(classCount: Int, thresholds: Thresholds = .exact, ignoreIndex: Int? = nil) throws {
    try Arguments.check(classCount: classCount)
    self.classCount = classCount
    self.thresholds = thresholds
    self.ignoreIndex = ignoreIndex
    binned = try thresholds.fixed().map { BinnedCounts(thresholds: $0, classCount: classCount) }
  }

  /// An exact state of given probabilities [N × C].
  init(classCount: Int, probabilities: [Float], targets: [Int]) {
    self.classCount = classCount
    thresholds = .exact
    ignoreIndex = nil
    self.probabilities = probabilities
    self.targets = targets
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: classCount, ignoreIndex: ignoreIndex)
    let (rows, labels) = try batch.probabilities(classCount: classCount, ignoreIndex: ignoreIndex)
    if binned == nil {
      probabilities += rows
      targets += labels
    } else {
      binned?.add(rows, targets: labels)
    }
  }

  /// Counts probabilities [N × C] at the fixed thresholds.
  mutating func addBinned(_ rows: [Float], targets: [Int]) {
    binned?.add(rows, targets: targets)
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: CurveState) throws {
    try Arguments.check(
      merging: classCount == other.classCount && thresholds == other.thresholds && ignoreIndex == other.ignoreIndex)
    probabilities += other.probabilities
    targets += other.targets
    if let more = other.binned { binned?.add(more) }
  }

  /// Forgets everything.
  public mutating func reset() {
    probabilities = []
    targets = []
    binned?.reset()
  }

  /// How often each class is a target [C].
  var support: [Int] {
    if let binned { return binned.positives }
    return targets.reduce(into: [Int](repeating: 0, count: classCount)) { $0[$1] += 1 }
  }

  /// The counts of class `label` against the rest.
  func counts(of label: Int) -> ThresholdCounts {
    if let binned { return binned.counts(of: label) }
    var keys = [UInt32](unsafeUninitializedCapacity: targets.count) { keys, filled in
      for row in targets.indices {
        keys[row] = ThresholdCounts.key(probabilities[row * classCount + label], isPositive: targets[row] == label)
      }
      filled = targets.count
    }
    return ThresholdCounts(keys: &keys, recallIsOne: targets.allSatisfy { $0 == 0 })
  }

  /// The counts of all classes in one: every score is an item of its own, positive where its class is the target.
  func microCounts() -> ThresholdCounts {
    if let binned { return binned.microCounts() }
    var keys = microKeys()
    return ThresholdCounts(keys: &keys, recallIsOne: false)
  }

  /// All scores as sortable keys, where exact.
  func microKeys() -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: probabilities.count) { keys, filled in
      for row in targets.indices {
        for label in 0..<classCount {
          let index = row * classCount + label
          keys[index] = ThresholdCounts.key(probabilities[index], isPositive: targets[row] == label)
        }
      }
      filled = probabilities.count
    }
  }
}
