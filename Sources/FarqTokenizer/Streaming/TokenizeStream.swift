import FarqCore
public import Foundation

/// Encodes JSON lines with a `text` over all cores in bounded memory, and writes a line
/// `{"input_ids": […], "attention_mask": […]}` for each, in order.
public struct TokenizeStream: Sendable {
  private let tokenizer: BERTTokenizer
  private let maximumLength: Int?
  private let prepare: (@Sendable (String) throws -> String)?
  private let blocks: BlockStream

  /// Makes a stream.
  ///
  /// - Parameters:
  ///   - tokenizer: encodes the texts.
  ///   - maximumLength: the most ids a line, special ones included; nil cuts nothing.
  ///   - threads: how many blocks are in work at once; nil takes the active cores.
  ///   - blockSize: the bytes read at a time; memory is a small multiple of this times the threads.
  ///   - prepare: what each text goes through first; nil leaves texts as they are.
  public init(
    tokenizer: BERTTokenizer, maximumLength: Int?, threads: Int? = nil, blockSize: Int = 1 << 18,
    prepare: (@Sendable (String) throws -> String)? = nil
  ) {
    self.tokenizer = tokenizer
    self.maximumLength = maximumLength
    self.prepare = prepare
    blocks = BlockStream(threads: threads, blockSize: blockSize)
  }

  /// Encodes the file `input`.
  ///
  /// - Throws: ``FarqError``: `missingInput`, `badData` with file and line, `inputOutput`.
  public func run(input: URL, output: FileHandle) throws -> TokenizeSummary {
    try BlockStream.withFile(input) { try run(descriptor: $0, name: input.path, output: output) }
  }

  /// Encodes what comes from an open file or pipe, called `name` in errors.
  public func run(descriptor: Int32, name: String, output: FileHandle) throws -> TokenizeSummary {
    var summary = TokenizeSummary()
    try blocks.run(descriptor: descriptor, name: name, output: output) { block in
      EncodedBlock(block, tokenizer: tokenizer, maximumLength: maximumLength, prepare: prepare)
    } each: {
      summary.add($0.summary)
    }
    return summary
  }
}
