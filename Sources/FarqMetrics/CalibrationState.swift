import FarqCore

/// The state of the calibration error: how sure each prediction was, and whether it was right.
public struct CalibrationState: MetricState {
  /// The number of classes C.
  public let classCount: Int
  /// Positions with this target are dropped.
  public let ignoreIndex: Int?
  /// The highest probability of each position.
  private(set) var confidences: [Float] = []
  /// Whether that class was the target.
  private(set) var hits: [Bool] = []

  /// An empty state.
  ///
  /// - Throws: ``FarqError`` `usage` for fewer than 2 classes.
  public init(classCount: Int, ignoreIndex: Int? = nil) throws {
    try Arguments.check(classCount: classCount)
    self.classCount = classCount
    self.ignoreIndex = ignoreIndex
  }

  /// The state of a model's predictions; empty where they have no scores.
  public init(_ predictions: Predictions) {
    self.init(
      classCount: predictions.classCount, probabilities: predictions.probabilities(),
      targets: predictions.hasScores ? predictions.targets : [])
  }

  /// A state of given probabilities [N × C].
  init(classCount: Int, probabilities: [Float], targets: [Int]) {
    self.classCount = classCount
    ignoreIndex = nil
    add(probabilities, targets)
  }

  /// Adds a batch.
  public mutating func update(_ batch: MetricBatch) throws {
    try batch.check(classCount: classCount, ignoreIndex: ignoreIndex)
    let (rows, targets) = try batch.probabilities(classCount: classCount, ignoreIndex: ignoreIndex)
    add(rows, targets)
  }

  private mutating func add(_ rows: [Float], _ targets: [Int]) {
    confidences.reserveCapacity(confidences.count + targets.count)
    hits.reserveCapacity(hits.count + targets.count)
    rows.withUnsafeBufferPointer { rows in
      for (row, target) in targets.enumerated() {
        let scores = UnsafeBufferPointer(rebasing: rows[row * classCount..<(row + 1) * classCount])
        let label = ArgMax.index(scores)
        confidences.append(scores[label])
        hits.append(label == target)
      }
    }
  }

  /// Adds what another process accumulated.
  public mutating func merge(_ other: CalibrationState) throws {
    try Arguments.check(merging: classCount == other.classCount && ignoreIndex == other.ignoreIndex)
    confidences += other.confidences
    hits += other.hits
  }

  /// Forgets everything.
  public mutating func reset() {
    confidences = []
    hits = []
  }

  /// The bins as TorchMetrics fills them: sums in single precision, one item after the other. Over a million items their
  /// rounding reaches the fourth digit of the error; ``reliability(binCount:)`` sums in double precision.
  func bins(_ binCount: Int) -> [(accuracy: Float, confidence: Float, share: Float)] {
    let edges = Thresholds.evenlySpaced(binCount + 1)
    var sums = [(hits: Float, confidence: Float, count: Float)](repeating: (0, 0, 0), count: edges.count)
    for (confidence, hit) in zip(confidences, hits) {
      let bin = Self.bin(confidence, edges)
      sums[bin].hits += hit ? 1 : 0
      sums[bin].confidence += confidence
      sums[bin].count += 1
    }
    let all = sums.reduce(Float(0)) { $0 + $1.count }
    return sums.map { sum in
      let confidence = sum.confidence / sum.count
      return (
        sum.count == 0 ? 0 : sum.hits / sum.count, confidence.isNaN ? 0 : confidence, sum.count / all
      )
    }
  }

  /// The bin of a confidence: edges belong to the bin above them, 1 has a bin of its own, and so has NaN.
  static func bin(_ confidence: Float, _ edges: [Float]) -> Int {
    confidence.isNaN ? edges.count - 1 : max(0, CurveSearch.countAtMost(edges, confidence) - 1)
  }

  /// The calibration error as `multiclass_calibration_error`.
  public func error(binCount: Int, norm: CalibrationNorm) -> Double {
    let bins = bins(binCount)
    switch norm {
    case .l1: return bins.reduce(0) { $0 + Double(abs($1.accuracy - $1.confidence) * $1.share) }
    case .max: return Double(bins.map { abs($0.accuracy - $0.confidence) }.max() ?? 0)
    case .l2:
      let sum = bins.reduce(0.0) { sum, bin in
        let gap = bin.accuracy - bin.confidence
        return sum + Double(gap * gap * bin.share)
      }
      return sum > 0 ? sum.squareRoot() : 0
    }
  }

  /// The bins for a reliability diagram, summed in double precision.
  public func reliability(binCount: Int = 15) -> [ReliabilityBin] {
    let edges = Thresholds.evenlySpaced(binCount + 1)
    var bins = (0..<binCount).map {
      ReliabilityBin(lower: Double(edges[$0]), upper: Double(edges[$0 + 1]), count: 0, hits: 0, confidenceSum: 0)
    }
    for (confidence, hit) in zip(confidences, hits) {
      let bin = min(Self.bin(confidence, edges), binCount - 1)
      bins[bin].count += 1
      bins[bin].hits += hit ? 1 : 0
      bins[bin].confidenceSum += Double(confidence)
    }
    return bins
  }
}
