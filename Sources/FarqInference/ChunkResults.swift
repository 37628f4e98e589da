import Foundation

/// Gathers what several threads work out, chunk by chunk.
///
/// `@unchecked Sendable`: every access to `chunks` is under the lock.
final class ChunkResults: @unchecked Sendable {
  private let lock = NSLock()
  private var chunks: [[EncodedDocument]]
  private var firstError: (any Error)?

  init(count: Int) {
    chunks = Array(repeating: [], count: count)
  }

  var count: Int { lock.withLock { chunks.count } }

  func set(_ index: Int, _ documents: [EncodedDocument]) {
    lock.withLock { chunks[index] = documents }
  }

  /// Keeps the first error; later chunks need not be worked on.
  func fail(_ error: any Error) {
    lock.withLock { firstError = firstError ?? error }
  }

  var hasFailed: Bool { lock.withLock { firstError != nil } }

  /// The chunks in order, or the first error.
  func joined() throws -> [EncodedDocument] {
    try lock.withLock {
      if let firstError { throw firstError }
      return Array(chunks.joined())
    }
  }
}
