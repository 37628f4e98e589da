import Foundation

/// Goes through texts on several threads and takes the time.
final class ParallelBench: @unchecked Sendable {
  private static let chunk = 32
  private let texts: [[UInt8]]
  private let workers: Int
  private let work: @Sendable ([UInt8]) throws -> Int
  // Guarded by the lock.
  private let lock = NSLock()
  private var next = 0
  private var total = 0
  private var failure: (any Error)?

  init(texts: [[UInt8]], workers: Int, work: @escaping @Sendable ([UInt8]) throws -> Int) {
    self.texts = texts
    self.workers = workers
    self.work = work
  }

  /// The seconds of one round.
  func seconds() throws -> Double {
    next = 0
    let start = ContinuousClock.now
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while let range = claim() { run(range) }
    }
    let duration = ContinuousClock.now - start
    if let failure { throw failure }
    return duration / .seconds(1)
  }

  private func claim() -> Range<Int>? {
    lock.withLock {
      guard next < texts.count, failure == nil else { return nil }
      defer { next += Self.chunk }
      return next..<min(next + Self.chunk, texts.count)
    }
  }

  private func run(_ range: Range<Int>) {
    do {
      let sum = try texts[range].reduce(0) { $0 + (try work($1)) }
      lock.withLock { total &+= sum }
    } catch {
      lock.withLock { failure = error }
    }
  }
}
