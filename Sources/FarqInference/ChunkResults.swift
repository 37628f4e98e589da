import Foundation

/// Gathers what several threads work out, chunk by chunk.
///
/// `@unchecked Sendable`: every access to `chunks` is under the lock.
final class ChunkResults: @unchecked Sendable {
  private let lock = NSLock()
  private var chunks: [[EncodedDocument]]

  init(count: Int) {
    chunks = Array(repeating: [], count: count)
  }

  var count: Int { lock.withLock { chunks.count } }

  func set(_ index: Int, _ documents: [EncodedDocument]) {
    lock.withLock { chunks[index] = documents }
  }

  func joined() -> [EncodedDocument] {
    lock.withLock { Array(chunks.joined()) }
  }
}
