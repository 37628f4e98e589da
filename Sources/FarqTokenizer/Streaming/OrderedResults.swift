import Foundation

/// Hands out indices to workers and keeps their results in order.
///
/// `@unchecked Sendable`: all state is guarded by the lock.
final class OrderedResults<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var next = 0
  private var results: [Value?]

  init(count: Int) { results = Array(repeating: nil, count: count) }

  /// The next index nobody works on, or nil.
  func claim() -> Int? {
    lock.withLock {
      guard next < results.count else { return nil }
      next += 1
      return next - 1
    }
  }

  /// Stores a result.
  func set(_ value: Value, at index: Int) { lock.withLock { results[index] = value } }

  /// The results in the order of their indices.
  var values: [Value] { lock.withLock { results.compactMap { $0 } } }
}
