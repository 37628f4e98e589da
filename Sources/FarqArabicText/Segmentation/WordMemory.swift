import Foundation

/// What words became, kept by word; lent to one caller at a time, so that threads do not wait for each other.
///
/// `@unchecked Sendable`: the free list is guarded by the lock, and a memory is used by who took it alone.
final class WordMemory: @unchecked Sendable {
  private static let mostWords = 100_000

  /// One memory.
  final class Words {
    private var known: [Scalars: Scalars] = [:]

    /// What `word` became, or what `make` says it becomes.
    func recall(_ word: Scalars, _ make: (Scalars) -> Scalars) -> Scalars {
      if let result = known[word] { return result }
      if known.count >= mostWords { known.removeAll(keepingCapacity: true) }
      let result = make(word)
      known[word] = result
      return result
    }
  }

  private let lock = NSLock()
  private var free: [Words] = []

  /// Runs `body` with a memory of its own.
  func lend<Result>(_ body: (Words) -> Result) -> Result {
    let words = lock.withLock { free.popLast() } ?? Words()
    defer { lock.withLock { free.append(words) } }
    return body(words)
  }
}
