import FarqCore
import Foundation

/// Reads a file or pipe in blocks that end with whole lines.
struct BlockReader {
  private let descriptor: Int32
  private let name: String
  private let size: Int
  private var rest: [UInt8] = []
  private var isAtEnd = false

  init(descriptor: Int32, name: String, size: Int) {
    self.descriptor = descriptor
    self.name = name
    self.size = size
  }

  /// The next block, or nil at the end. A line longer than a block makes the block longer.
  mutating func next() throws -> [UInt8]? {
    var block = rest
    rest = []
    var searched = 0
    while !isAtEnd {
      let before = block.count
      try read(into: &block)
      if block.count < max(size, before) || block.count == before { continue }
      if let end = block[searched...].lastIndex(of: UInt8(ascii: "\n")) {
        rest = Array(block[(end + 1)...])
        block.removeLast(rest.count)
        return block
      }
      searched = block.count
    }
    return block.isEmpty ? nil : block
  }

  private mutating func read(into block: inout [UInt8]) throws {
    let old = block.count
    block.append(contentsOf: repeatElement(0, count: size))
    var count = 0
    repeat {
      count = block.withUnsafeMutableBytes { bytes in
        Foundation.read(descriptor, bytes.baseAddress?.advanced(by: old), size)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw FarqError(.inputOutput, "cannot read \(name): \(String(cString: strerror(errno))); check the file")
    }
    if count == 0 { isAtEnd = true }
    block.removeLast(size - count)
  }
}
