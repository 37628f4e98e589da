import FarqCore
import Foundation

/// Works on the lines of a file or pipe block by block over all cores, in bounded memory, and writes the results in
/// order.
struct BlockStream: Sendable {
  private let threads: Int
  private let blockSize: Int
  private let key: String

  init(threads: Int?, blockSize: Int, key: String = "text") {
    self.threads = max(threads ?? ProcessInfo.processInfo.activeProcessorCount, 1)
    self.blockSize = max(blockSize, 1)
    self.key = key
  }

  /// Opens a file for `body`.
  static func withFile<Result>(_ file: URL, _ body: (Int32) throws -> Result) throws -> Result {
    let descriptor = open(file.path, O_RDONLY)
    guard descriptor >= 0 else {
      let kind: FarqError.Kind = errno == ENOENT ? .missingInput : .inputOutput
      throw FarqError(kind, "cannot open \(file.path): \(String(cString: strerror(errno))); check the path")
    }
    defer { close(descriptor) }
    return try body(descriptor)
  }

  /// Runs `work` over the blocks, writes their output, and tells `each` of every result.
  ///
  /// - Throws: ``FarqError`` with `name` and line of the first line that is wrong; what stands before it is written.
  func run<Result: BlockResult>(
    descriptor: Int32, name: String, output: FileHandle, _ work: @Sendable ([UInt8]) -> Result,
    each: (Result) -> Void
  ) throws {
    var reader = BlockReader(descriptor: descriptor, name: name, size: blockSize)
    var lines = 0
    while true {
      var blocks: [[UInt8]] = []
      while blocks.count < threads * 4, let block = try reader.next() { blocks.append(block) }
      if blocks.isEmpty { return }
      for result in side(blocks, work) {
        try write(result.output, to: output)
        each(result)
        lines += result.lines
        if let fault = result.fault { throw fault.error(name, line: lines + 1, key: key) }
      }
    }
  }

  /// Works on blocks side by side; the results stand in the order of the blocks.
  private func side<Result: BlockResult>(_ blocks: [[UInt8]], _ work: @Sendable ([UInt8]) -> Result) -> [Result] {
    let results = OrderedResults<Result>(count: blocks.count)
    DispatchQueue.concurrentPerform(iterations: min(threads, blocks.count)) { _ in
      while let index = results.claim() { results.set(work(blocks[index]), at: index) }
    }
    return results.values
  }

  private func write(_ bytes: [UInt8], to output: FileHandle) throws {
    do {
      try output.write(contentsOf: Data(bytes))
    } catch {
      throw FarqError(.inputOutput, "cannot write the lines: \(error.localizedDescription); check the output")
    }
  }
}
