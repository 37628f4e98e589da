import FarqCore

/// The output of one block of lines.
struct EncodedBlock: Sendable {
  /// The lines to write.
  var output: [UInt8] = []
  /// The input lines gone through, blank ones too.
  var lines = 0
  var summary = TokenizeSummary()
  /// Whether the line after those gone through is not what it should be.
  var isBroken = false

  /// Encodes the lines of `block`.
  init(_ block: [UInt8], tokenizer: BERTTokenizer, maximumLength: Int?) {
    var text = GrowingBuffer<UInt8>(capacity: 1 << 14)
    var lineWriter = EncodingLineWriter()
    defer {
      text.free()
      lineWriter.free()
    }
    let room = maximumLength.map { max($0 - 2, 0) } ?? Int.max
    block.withUnsafeBufferPointer { block in
      tokenizer.pool.withEncoder { encoder in
        var start = 0
        while start < block.count {
          let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) ?? block.count
          let line = UnsafeBufferPointer(rebasing: block[start..<end])
          start = end + 1
          if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            guard TextLine.read(line, into: &text) else {
              isBroken = true
              return
            }
            // One id more than fits tells whether the text was cut.
            let limit = room == Int.max ? room : room + 1
            tokenizer.encode(UnsafeBufferPointer(start: text.start, count: text.count), limit: limit, with: encoder)
            lineWriter.write(encoder.ids.prefix(room), tokenizer, maximumLength: maximumLength)
            summary.add(tokens: min(encoder.ids.count, room) + 2, isCut: encoder.ids.count > room)
          }
          lines += 1
        }
      }
    }
    output = lineWriter.take()
  }
}
