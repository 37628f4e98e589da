import FarqCore
import FarqInference

/// The updates of an epoch: which documents, in which micro-batches. Depends on seed and epoch alone, so that a resumed
/// run finds its place without replaying anything.
struct BatchOrder {
  let lengths: [Int]
  let settings: TrainingSettings

  /// Updates an epoch.
  var updateCount: Int {
    let batches = (lengths.count + settings.batchSize - 1) / settings.batchSize
    return (batches + settings.gradientAccumulation - 1) / settings.gradientAccumulation
  }

  /// The updates of `epoch` (from 0), each a list of micro-batches of indices.
  func updates(epoch: Int) -> [[[Int]]] {
    var generator = SeededGenerator(seed: settings.seed &+ UInt64(epoch) &* 0x9E37_79B9)
    let batches =
      settings.shuffles
      ? BatchPlan.bucketed(lengths: lengths, batchSize: settings.batchSize, using: &generator)
      : BatchPlan.sequential(count: lengths.count, batchSize: settings.batchSize)
    return BatchPlan.sequential(count: batches.count, batchSize: settings.gradientAccumulation)
      .map { $0.map { batches[$0] } }
  }
}
