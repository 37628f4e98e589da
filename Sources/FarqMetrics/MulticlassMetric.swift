/// A metric of TorchMetrics 1.9's multiclass classification, accumulated over batches and processes.
public protocol MulticlassMetric: Sendable {
  /// What is accumulated.
  associatedtype State: MetricState
  /// The name in TorchMetrics.
  static var name: String { get }
  /// What was accumulated so far.
  var state: State { get set }
  /// The value of everything accumulated so far; never a mean of batch values.
  func compute() -> MetricValue
}

extension MulticlassMetric {
  /// Adds a batch.
  ///
  /// - Throws: ``FarqError`` `badData` or `usage` where the batch does not fit; the state stays as it was then.
  public mutating func update(_ batch: MetricBatch) throws {
    try state.update(batch)
  }

  /// Adds what another process accumulated, as if its batches had come after this one's.
  ///
  /// - Throws: ``FarqError`` `usage` where the other was made with other arguments.
  public mutating func merge(_ other: Self) throws {
    try state.merge(other.state)
  }

  /// Forgets everything accumulated.
  public mutating func reset() {
    state.reset()
  }
}
