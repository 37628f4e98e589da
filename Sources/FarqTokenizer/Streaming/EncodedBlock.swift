import FarqCore

/// The output of one block of lines.
struct EncodedBlock: BlockResult {
  /// The lines to write.
  var output: [UInt8] = []
  /// The input lines gone through, blank ones too.
  var lines = 0
  var summary = TokenizeSummary()
  var fault: LineFault?

  /// Encodes the lines of `block`.
  init(
    _ block: [UInt8], tokenizer: BERTTokenizer, maximumLength: Int?, prepare: ((String) throws -> String)? = nil
  ) {
    var text = GrowingBuffer<UInt8>(capacity: 1 << 14)
    var lineWriter = EncodingLineWriter()
    defer {
      text.free()
      lineWriter.free()
    }
    let room = maximumLength.map { max($0 - 2, 0) } ?? Int.max
    block.withUnsafeBufferPointer { block in
      tokenizer.pool.lend { encoder in
        var start = 0
        while start < block.count {
          let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) ?? block.count
          let line = UnsafeBufferPointer(rebasing: block[start..<end])
          start = end + 1
          if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            guard TextLine.read(line, into: &text) else {
              fault = .notJSON
              return
            }
            if let prepare {
              fault = Self.apply(prepare, to: &text)
              guard fault == nil else { return }
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

  /// Puts the prepared text in the text's place.
  private static func apply(_ prepare: (String) throws -> String, to text: inout GrowingBuffer<UInt8>) -> LineFault? {
    do {
      let bytes = UnsafeBufferPointer(start: text.start, count: text.count)
      var prepared = try prepare(String(decoding: bytes, as: UTF8.self))
      text.count = 0
      prepared.withUTF8 { if let start = $0.baseAddress { text.append(start, $0.count) } }
      return nil
    } catch {
      return LineFault(error)
    }
  }
}
