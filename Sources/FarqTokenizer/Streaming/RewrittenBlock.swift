/// The output of one block of rewritten lines.
struct RewrittenBlock: BlockResult {
  private(set) var output: [UInt8] = []
  private(set) var lines = 0
  private(set) var fault: LineFault?

  /// Rewrites the lines of `block`.
  init(_ block: [UInt8], form: RewriteStream.Form, key: [UInt8], rewrite: (String) throws -> String) {
    output.reserveCapacity(block.count + block.count / 4)
    block.withUnsafeBufferPointer { block in
      var start = 0
      while start < block.count {
        let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) ?? block.count
        var line = UnsafeBufferPointer(rebasing: block[start..<end])
        if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        start = end + 1
        fault = form == .text ? text(line, rewrite) : object(line, key, rewrite)
        guard fault == nil else { return }
        lines += 1
      }
    }
  }

  /// A line of text; a line break in its rewriting would make two of it and becomes a space.
  private mutating func text(
    _ line: UnsafeBufferPointer<UInt8>, _ rewrite: (String) throws -> String
  ) -> LineFault? {
    do {
      let text = try rewrite(String(decoding: line, as: UTF8.self))
      let start = output.count
      output.append(contentsOf: text.utf8)
      for index in start..<output.count where output[index] == 10 || output[index] == 13 { output[index] = 32 }
      output.append(UInt8(ascii: "\n"))
      return nil
    } catch {
      return LineFault(error)
    }
  }

  /// A line of JSON; a blank one stays.
  private mutating func object(
    _ line: UnsafeBufferPointer<UInt8>, _ key: [UInt8], _ rewrite: (String) throws -> String
  ) -> LineFault? {
    do {
      if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        guard let (range, text) = JSONParser.member(key, of: line) else { return .notJSON }
        output.append(contentsOf: line[..<range.lowerBound])
        output.append(contentsOf: JSONWriter.literal(try rewrite(String(decoding: text, as: UTF8.self)).utf8))
        output.append(contentsOf: line[range.upperBound...])
      }
      output.append(UInt8(ascii: "\n"))
      return nil
    } catch {
      return LineFault(error)
    }
  }
}
