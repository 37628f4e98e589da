import Dispatch
import FarqCore
public import FarqTokenizer

/// From texts to token ids: preparation, tokenizer, and what becomes of long documents.
public struct DocumentEncoder: Sendable {
  /// The tokenizer.
  public let tokenizer: BERTTokenizer
  /// The largest number of tokens of a piece, `[CLS]` and `[SEP]` included.
  public let maximumLength: Int
  /// What becomes of longer documents.
  public let long: LongDocument

  /// Makes an encoder.
  ///
  /// - Throws: ``FarqError`` `usage` for a length that leaves no room for text.
  public init(tokenizer: BERTTokenizer, maximumLength: Int, long: LongDocument = .head) throws {
    guard maximumLength >= 3 else {
      throw FarqError(.usage, "--max-length \(maximumLength) leaves no room for text: use 3 or more, at best 512")
    }
    self.tokenizer = tokenizer
    self.maximumLength = maximumLength
    self.long = long
  }

  /// Encodes one text.
  public func encode(_ text: String) -> EncodedDocument {
    let ids = tokenizer.ids(of: text)
    let pieces = long.pieces(of: ids, room: maximumLength - 2).map { piece in
      [tokenizer.classificationID] + piece + [tokenizer.separatorID]
    }
    let isCut = ids.count > maximumLength - 2 && long != .window
    return EncodedDocument(pieces: pieces, tokenCount: ids.count + 2, isCut: isCut)
  }

  /// Encodes texts on all cores, in their order.
  public func encode(_ texts: [String]) -> [EncodedDocument] {
    let chunk = 64
    let results = ChunkResults(count: (texts.count + chunk - 1) / chunk)
    DispatchQueue.concurrentPerform(iterations: results.count) { index in
      let range = (index * chunk)..<min(texts.count, (index + 1) * chunk)
      results.set(index, texts[range].map { encode($0) })
    }
    return results.joined()
  }

  /// Everything that decides the ids of a text, in words: two encoders with the same identity encode alike.
  ///
  /// Whatever changes an id must stand here, since tokens are kept on disk by it (``TokenCache``).
  public var identity: String {
    let parts = [
      "\(maximumLength)", long.rawValue, "\(tokenizer.compatibility)", "\(tokenizer.configuration)",
    ]
    return (parts + tokenizer.vocabulary.tokens).joined(separator: "\n")
  }
}
