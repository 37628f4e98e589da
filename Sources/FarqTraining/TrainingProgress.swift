import FarqMetrics

/// How far a run is.
struct TrainingProgress {
  /// Epochs done.
  var epoch = 0
  /// Updates done in the epoch that goes on.
  var updateInEpoch = 0
  /// Updates done.
  var step = 0
  /// Seconds of all updates.
  var seconds = 0.0
  /// Documents of all updates.
  var documents = 0
  /// The best epoch, from 1; 0 before the first.
  var bestEpoch = 0
  /// Its evaluation.
  var best: Evaluation?
  /// The epoch's losses, weighted by documents.
  var epochLoss = 0.0
  /// The epoch's documents.
  var epochDocuments = 0

  /// Counts an update of so many documents.
  mutating func advance(documents count: Int) {
    step += 1
    updateInEpoch += 1
    documents += count
    epochDocuments += count
  }

  /// Adds what was read of an update.
  mutating func record(loss: Double, documents count: Int, seconds spent: Double) {
    seconds += spent
    epochLoss += loss * Double(count)
  }

  /// The mean loss of the epoch; the next one begins.
  mutating func takeEpochLoss() -> Double {
    defer { (epochLoss, epochDocuments) = (0, 0) }
    return epochLoss / Double(max(1, epochDocuments))
  }
}
