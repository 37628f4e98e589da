package import FarqTorch

/// Updates whose losses may still be on their way from the device: they are read a few at a time, so that no update waits.
package struct UnreadUpdates {
  /// What is known of an update when it is asked for.
  package struct Update {
    let step: Int
    let epoch: Double
    let rate: Double
    let documents: Int
    /// Which they are.
    let places: [Int]
    let loss: DeferredNumber
    let norm: DeferredNumber

    package init(
      step: Int, epoch: Double, rate: Double, documents: Int, places: [Int] = [], loss: DeferredNumber,
      norm: DeferredNumber
    ) {
      (self.step, self.epoch, self.rate) = (step, epoch, rate)
      (self.documents, self.places, self.loss, self.norm) = (documents, places, loss, norm)
    }
  }

  /// Updates that are read at once on a device.
  private static let most = 16
  private var updates: [Update] = []
  private var start = ContinuousClock.now

  package init() {}

  package mutating func add(_ update: Update) {
    updates.append(update)
  }

  /// Whether it is time to read: on the processor at once.
  func isDue(on device: Device) -> Bool { device.isCPU ? !updates.isEmpty : updates.count >= Self.most }

  /// The updates with loss, norm of the gradients, and their part of the seconds since the last reading.
  package mutating func read() throws -> [(update: Update, loss: Double, norm: Double, seconds: Double)] {
    let numbers = try DeferredNumber.read(updates.flatMap { [$0.loss, $0.norm] })
    let now = ContinuousClock.now
    let seconds = (now - start).seconds / Double(max(1, updates.count))
    defer { (updates, start) = ([], now) }
    return updates.indices.map { (updates[$0], numbers[2 * $0], numbers[2 * $0 + 1], seconds) }
  }

  /// Forgets the time that has gone by since the last reading, which was not spent on updates.
  mutating func restartClock() { start = .now }
}
