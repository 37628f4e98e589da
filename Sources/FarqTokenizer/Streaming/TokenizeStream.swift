import FarqCore
public import Foundation

/// Encodes JSON lines with a `text` over all cores in bounded memory, and writes a line
/// `{"input_ids": […], "attention_mask": […]}` for each, in order.
public struct TokenizeStream: Sendable {
  private let tokenizer: BERTTokenizer
  private let maximumLength: Int?
  private let threads: Int
  private let blockSize: Int

  /// Makes a stream.
  ///
  /// - Parameters:
  ///   - tokenizer: encodes the texts.
  ///   - maximumLength: the most ids a line, special ones included; nil cuts nothing.
  ///   - threads: how many blocks are in work at once; nil takes the active cores.
  ///   - blockSize: the bytes read at a time; memory is a small multiple of this times the threads.
  public init(tokenizer: BERTTokenizer, maximumLength: Int?, threads: Int? = nil, blockSize: Int = 1 << 18) {
    self.tokenizer = tokenizer
    self.maximumLength = maximumLength
    self.threads = max(threads ?? ProcessInfo.processInfo.activeProcessorCount, 1)
    self.blockSize = max(blockSize, 1)
  }

  /// Encodes the file `input`.
  ///
  /// - Throws: ``FarqError``: `missingInput`, `badData` with file and line, `inputOutput`.
  public func run(input: URL, output: FileHandle) throws -> TokenizeSummary {
    let descriptor = open(input.path, O_RDONLY)
    guard descriptor >= 0 else {
      let kind: FarqError.Kind = errno == ENOENT ? .missingInput : .inputOutput
      throw FarqError(kind, "cannot open \(input.path): \(String(cString: strerror(errno))); check the path")
    }
    defer { close(descriptor) }
    return try run(descriptor: descriptor, name: input.path, output: output)
  }

  /// Encodes what comes from an open file or pipe, called `name` in errors.
  public func run(descriptor: Int32, name: String, output: FileHandle) throws -> TokenizeSummary {
    var reader = BlockReader(descriptor: descriptor, name: name, size: blockSize)
    var summary = TokenizeSummary()
    var lines = 0
    while true {
      var blocks: [[UInt8]] = []
      while blocks.count < threads * 4, let block = try reader.next() { blocks.append(block) }
      if blocks.isEmpty { return summary }
      for result in encode(blocks) {
        try write(result.output, to: output)
        summary.add(result.summary)
        lines += result.lines
        guard !result.isBroken else {
          throw FarqError(
            .badData, "\(name) line \(lines + 1) is no JSON object with a \"text\"; correct or remove the line")
        }
      }
    }
  }

  /// Encodes blocks side by side; the results stand in the order of the blocks.
  private func encode(_ blocks: [[UInt8]]) -> [EncodedBlock] {
    let results = OrderedResults<EncodedBlock>(count: blocks.count)
    DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
      while let index = results.claim() {
        results.set(EncodedBlock(blocks[index], tokenizer: tokenizer, maximumLength: maximumLength), at: index)
      }
    }
    return results.values
  }

  private func write(_ bytes: [UInt8], to output: FileHandle) throws {
    do {
      try output.write(contentsOf: Data(bytes))
    } catch {
      throw FarqError(.inputOutput, "cannot write the encoded lines: \(error.localizedDescription); check the output")
    }
  }
}
