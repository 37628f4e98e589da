import Dispatch
public import FarqArabicText
import FarqCore
public import FarqTokenizer

/// From texts to token ids: preparation, tokenizer, and what becomes of long documents.
public struct DocumentEncoder: Sendable {
  /// What texts go through first.
  public let preparer: TextPreparer
  /// The tokenizer.
  public let tokenizer: BERTTokenizer
  /// The largest number of tokens of a piece, `[CLS]` and `[SEP]` included.
  public let maximumLength: Int
  /// What becomes of longer documents.
  public let long: LongDocument

  /// Makes an encoder.
  ///
  /// - Throws: ``FarqError`` `usage` for a length that leaves no room for text.
  public init(
    tokenizer: BERTTokenizer, preparer: TextPreparer = .none, maximumLength: Int, long: LongDocument = .head
  ) throws {
    guard maximumLength >= 3 else {
      throw FarqError(.usage, "--max-length \(maximumLength) leaves no room for text: use 3 or more, at best 512")
    }
    self.tokenizer = tokenizer
    self.preparer = preparer
    self.maximumLength = maximumLength
    self.long = long
  }

  /// Prepares and encodes one text.
  ///
  /// - Throws: ``FarqError`` where the text cannot be prepared (Farasa).
  public func encode(_ text: String) throws -> EncodedDocument {
    let ids = tokenizer.ids(of: try preparer.prepare(text))
    let pieces = long.pieces(of: ids, room: maximumLength - 2).map { piece in
      [tokenizer.classificationID] + piece + [tokenizer.separatorID]
    }
    let isCut = ids.count > maximumLength - 2 && long != .window
    return EncodedDocument(pieces: pieces, tokenCount: ids.count + 2, isCut: isCut)
  }

  /// Prepares and encodes texts on all cores, in their order.
  ///
  /// - Throws: ``FarqError`` where a text cannot be prepared (Farasa).
  public func encode(_ texts: [String]) throws -> [EncodedDocument] {
    let chunk = 64
    let results = ChunkResults(count: (texts.count + chunk - 1) / chunk)
    DispatchQueue.concurrentPerform(iterations: results.count) { index in
      let range = (index * chunk)..<min(texts.count, (index + 1) * chunk)
      guard !results.hasFailed else { return }
      do {
        results.set(index, try texts[range].map { try encode($0) })
      } catch {
        results.fail(error)
      }
    }
    return try results.joined()
  }

  /// Everything that decides the ids of a text, in words: two encoders with the same identity encode alike.
  ///
  /// Whatever changes an id must stand here, since tokens are kept on disk by it (``TokenCache``).
  public var identity: String {
    let parts = [
      "\(maximumLength)", long.rawValue, "\(preparer.preparation)", "\(tokenizer.compatibility)",
      "\(tokenizer.configuration)",
    ]
    return (parts + tokenizer.vocabulary.tokens).joined(separator: "\n")
  }
}
