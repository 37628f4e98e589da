import Dispatch
import Foundation

/// Runs pieces of work on a few threads and gives their results in order.
enum Parallel {
  /// Cuts `0..<count` into at most `threads` ranges of about the same length and maps each.
  static func map<Result: Sendable>(
    count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let pieces = max(1, min(threads, count))
    let results = Results<Result>()
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      results.set(piece, body(count * piece / pieces..<count * (piece + 1) / pieces))
    }
    return results.inOrder()
  }

  /// `@unchecked Sendable`: the dictionary is only touched under the lock.
  private final class Results<Result: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Int: Result] = [:]

    func set(_ piece: Int, _ value: Result) {
      lock.withLock { values[piece] = value }
    }

    func inOrder() -> [Result] {
      lock.withLock { values.sorted { $0.key < $1.key }.map(\.value) }
    }
  }
}
