import Foundation

/// Lends encoders, each to one caller at a time, so that their word caches stay warm.
///
/// `@unchecked Sendable`: the free list is guarded by the lock.
final class EncoderPool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [PooledEncoder] = []
  private let make: @Sendable () -> PooledEncoder

  init(_ make: @escaping @Sendable () -> PooledEncoder) {
    self.make = make
  }

  /// Runs `body` with an encoder of its own.
  func withEncoder<Result>(_ body: (PooledEncoder) throws -> Result) rethrows -> Result {
    let encoder = lock.withLock { free.popLast() } ?? make()
    defer { lock.withLock { free.append(encoder) } }
    return try body(encoder)
  }
}
