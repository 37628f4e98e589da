import Foundation

/// Lends things that keep what they learn, each to one caller at a time, so that they stay warm and threads do not wait for
/// each other.
///
/// `@unchecked Sendable`: the free list is guarded by the lock, and a thing is used by who took it alone.
public final class LendingPool<Element>: @unchecked Sendable {
  private let lock = NSLock()
  private let make: @Sendable () -> Element
  private var free: [Element] = []

  /// Makes a pool whose things begin as `make` gives them.
  public init(_ make: @escaping @Sendable () -> Element) {
    self.make = make
  }

  /// Runs `body` with a thing of its own.
  public func lend<Result>(_ body: (Element) throws -> Result) rethrows -> Result {
    let element = lock.withLock { free.popLast() } ?? make()
    defer { lock.withLock { free.append(element) } }
    return try body(element)
  }
}
