import Synchronization

/// Adds up what several downloads report.
final class ProgressCounter: Sendable {
  private let state = Mutex(HubClient.Progress())
  private let report: @Sendable (HubClient.Progress) -> Void

  init(_ report: @escaping @Sendable (HubClient.Progress) -> Void) { self.report = report }

  func add(done: Int = 0, total: Int = 0) {
    let now = state.withLock { progress in
      progress.done += done
      progress.total += total
      return progress
    }
    report(now)
  }
}
