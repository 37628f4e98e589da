import Foundation

/// Documents of several callers in the order of arrival, dealt out in batches; a caller is answered when its last document
/// is done.
///
/// Belongs to one actor. A continuation is resumed exactly once: when its call leaves `calls`.
struct DocumentQueue {
  typealias Answer = CheckedContinuation<[[Float]], any Error>

  /// Some documents for one pass through the model.
  struct Batch {
    fileprivate var entries: [Entry] = []
    /// The documents.
    fileprivate(set) var documents: [EncodedDocument] = []
    /// Their tokens.
    fileprivate(set) var tokenCount = 0
  }

  fileprivate struct Entry {
    let call: UUID
    let index: Int
    let document: EncodedDocument
    var tokenCount: Int { document.pieces.reduce(0) { $0 + $1.count } }
  }

  private struct Call {
    var logits: [[Float]]
    var missing: Int
    let answer: Answer
  }

  private var entries: [Entry] = []
  private var next = 0
  private var calls: [UUID: Call] = [:]
  /// Tokens of all documents that wait.
  private(set) var tokenCount = 0

  /// Appends a caller's documents, at least one.
  mutating func append(_ documents: [EncodedDocument], _ identifier: UUID, _ answer: Answer) {
    calls[identifier] = Call(
      logits: Array(repeating: [], count: documents.count), missing: documents.count, answer: answer)
    for (index, document) in documents.enumerated() {
      let entry = Entry(call: identifier, index: index, document: document)
      tokenCount += entry.tokenCount
      entries.append(entry)
    }
  }

  /// The oldest documents, as many as `tokenBudget` holds and at least one; nil where none waits.
  mutating func takeBatch(tokenBudget: Int) -> Batch? {
    var batch = Batch()
    while next < entries.count {
      let entry = entries[next]
      let count = entry.tokenCount
      let isWanted = calls[entry.call] != nil
      if isWanted, !batch.entries.isEmpty, batch.tokenCount + count > tokenBudget { break }
      next += 1
      tokenCount -= count
      guard isWanted else { continue }  // its caller was cancelled, or answered with an error
      batch.entries.append(entry)
      batch.documents.append(entry.document)
      batch.tokenCount += count
    }
    if next == entries.count || next > 4096 {
      entries.removeFirst(next)
      next = 0
    }
    return batch.entries.isEmpty ? nil : batch
  }

  /// Keeps a batch's logits, [documents × width], and answers the callers that are complete.
  mutating func finish(_ batch: Batch, logits: [Float], width: Int) {
    for (row, entry) in batch.entries.enumerated() {
      guard var call = calls.removeValue(forKey: entry.call) else { continue }
      call.logits[entry.index] = Array(logits[row * width..<(row + 1) * width])
      call.missing -= 1
      if call.missing == 0 { call.answer.resume(returning: call.logits) } else { calls[entry.call] = call }
    }
  }

  /// Answers the callers of a batch with an error.
  mutating func fail(_ batch: Batch, _ error: any Error) {
    for entry in batch.entries { remove(entry.call, error) }
  }

  /// Answers one caller with an error, if it has no answer yet.
  mutating func remove(_ identifier: UUID, _ error: any Error) {
    calls.removeValue(forKey: identifier)?.answer.resume(throwing: error)
  }
}
