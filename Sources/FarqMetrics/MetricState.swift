/// What a metric accumulates: several metrics share one kind of state.
public protocol MetricState: Sendable {
  /// Adds a batch.
  ///
  /// - Throws: ``FarqError`` `badData` or `usage` where the batch does not fit; the state stays as it was then.
  mutating func update(_ batch: MetricBatch) throws
  /// Adds what another process accumulated.
  ///
  /// - Throws: ``FarqError`` `usage` where the other was made with other arguments.
  mutating func merge(_ other: Self) throws
  /// Forgets everything.
  mutating func reset()
}
