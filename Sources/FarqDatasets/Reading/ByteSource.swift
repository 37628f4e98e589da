/// Something that bytes are read from, front to back.
protocol ByteSource: AnyObject {
  /// Reads up to `buffer.count` bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteSource {
  /// Hands every piece to `body`, with whether it is the last; the last may be empty.
  func forEachPiece(
    size: Int = 1 << 20, _ body: (UnsafeBufferPointer<UInt8>, _ isLast: Bool) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      let piece = UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))
      try body(UnsafeBufferPointer(rebasing: piece[..<count]), count == 0)
      if count == 0 { return }
    }
  }
}
