import FarqCore

/// Cuts a list of JSON records, alone or as `{"data": […]}`, into its records, in the memory of one of them.
///
/// Only brackets and quotes are looked at; what stands between two commas goes to ``JSONRecordParser``, which is strict.
package struct JSONListSplitter {
  private let name: String
  private let limit: Int
  /// The text without its records: it has to be one JSON value by itself.
  private var frame: [UInt8]
  private var record: [UInt8] = []
  private var isInList = true
  private var isInString = false
  private var isEscaped = false
  private var depth = 0
  private var hasComma = false
  private var line = 1
  private var offset: Int
  private var start: (line: Int, offset: Int)?

  /// Makes a splitter for the file `name`; `head` is its text up to and with the list's bracket, and a record longer than
  /// `limit` bytes is an error.
  package init(name: String, limit: Int, head: some Collection<UInt8>) {
    self.name = name
    self.limit = limit
    frame = Array(head)
    offset = head.count
    line += head.count { $0 == 10 }
  }

  /// Hands each whole record of `piece` to `body`, with the line and the offset of the text at which it begins.
  ///
  /// - Throws: ``FarqError`` `badData` with file and line where a record is missing or too long, where the list does not
  ///   end or something follows it.
  package mutating func split(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool,
    _ body: (UnsafeBufferPointer<UInt8>, _ line: Int, _ offset: Int) throws -> Void
  ) throws {
    for byte in piece {
      if isInList { try step(byte, body) } else { frame.append(byte) }
      if byte == 10 { line += 1 }
      offset += 1
      guard record.count <= limit, frame.count <= limit else {
        throw FarqError(
          .badData,
          "\(name):\(start?.line ?? line): the record is longer than \(limit) bytes; split the document or raise the limit"
        )
      }
    }
    if isLast { try finish() }
  }

  private mutating func step(
    _ byte: UInt8, _ body: (UnsafeBufferPointer<UInt8>, _ line: Int, _ offset: Int) throws -> Void
  ) throws {
    if isInString {
      record.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    let isEnd = depth == 0 && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]"))
    if isEnd { return try end(byte, body) }
    if start == nil {
      guard byte > 0x20 else { return }
      start = (line, offset)
    }
    record.append(byte)
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(depth - 1, 0)
    default: break
    }
  }

  /// A comma or the list's bracket: what was gathered is a record.
  private mutating func end(
    _ byte: UInt8, _ body: (UnsafeBufferPointer<UInt8>, _ line: Int, _ offset: Int) throws -> Void
  ) throws {
    let isList = byte == UInt8(ascii: "]")
    if let start {
      try record.withUnsafeBufferPointer { try body($0, start.line, start.offset) }
    } else if hasComma || !isList {
      throw FarqError(
        .badData, "\(name):\(line): a record is missing beside a comma (offset \(offset) of the text); remove the comma"
      )
    }
    record.removeAll(keepingCapacity: true)
    start = nil
    hasComma = !isList
    guard isList else { return }
    isInList = false
    frame.append(byte)
  }

  private func finish() throws {
    guard !isInList else {
      throw FarqError(
        .badData, "\(name):\(line): the list of records does not end; the file is cut off, or a bracket is missing")
    }
    try frame.withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(bytes: bytes)
      do throws(JSONCursor.Fault) {
        try cursor.skipValue(depth: JSONRecordParser.maximumDepth)
        try cursor.expectEnd()
      } catch {
        throw FarqError(
          .badData,
          "\(name): behind the list of records \(error.message); the file has to be one JSON value, or JSON lines")
      }
    }
  }
}
