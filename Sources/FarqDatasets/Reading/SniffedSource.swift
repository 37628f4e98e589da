/// A source whose first piece is looked at before it is handed on.
final class SniffedSource: ByteSource {
  private let source: any ByteSource
  private var first: [UInt8]
  private var position = 0

  /// Reads the first piece of `source`.
  init(_ source: any ByteSource) throws {
    self.source = source
    first = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    let count = try source.read(into: buffer)
    first.append(contentsOf: buffer[..<count])
  }

  /// What the beginning looks like: a parquet or Arrow file's mark, JSON, or names with tabs, commas or semicolons between
  /// them; nil for none of these.
  var form: DataForm? {
    if first.starts(with: Array("PAR1".utf8)) { return .parquet }
    if first.starts(with: Array("ARROW1".utf8)) || first.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) { return .arrow }
    let text = first.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFE || $0 == 0xFF || $0 <= 0x20 }
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") { return .jsonl }
    let line = text.prefix { $0 != 10 && $0 != 13 }
    if line.contains(9) { return .tsv }
    return line.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") } ? .csv : nil
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard position < first.count else { return try source.read(into: buffer) }
    let count = min(buffer.count, first.count - position)
    buffer.copyBytes(from: first[position..<position + count])
    position += count
    return count
  }
}
