import FarqCore

/// Reads the records of JSON text piece by piece, whether they stand in lines or in a list.
struct JSONReader {
  private enum Splitter {
    case lines(LineSplitter)
    case list(JSONListSplitter)
  }

  private let name: String
  private let options: LoadOptions
  private let parser: JSONRecordParser
  private var splitter: Splitter?
  /// The beginning, until it tells how the records lie.
  private var head: [UInt8] = []

  /// Makes a reader of the file `name`.
  init(name: String, options: LoadOptions) {
    self.name = name
    self.options = options
    parser = JSONRecordParser(name: name, options: options)
  }

  /// Hands each record that ends in `piece` to `body`.
  mutating func read(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Record) throws -> Void
  ) throws {
    guard splitter == nil else { return try split(piece, isLast: isLast, body) }
    head.append(contentsOf: piece)
    let layout = head.withUnsafeBufferPointer {
      JSONLayout.tell($0, isWhole: isLast, textKey: options.textColumn)
    }
    guard let layout else { return }
    let beginning = head
    head = []
    try beginning.withUnsafeBufferPointer { try begin($0, layout, isLast: isLast, body) }
  }

  private mutating func begin(
    _ text: UnsafeBufferPointer<UInt8>, _ layout: JSONLayout, isLast: Bool, _ body: (Record) throws -> Void
  ) throws {
    let limit = options.maximumDocumentBytes
    switch layout {
    case .lines:
      splitter = .lines(LineSplitter(name: name, limit: limit))
      try split(text, isLast: isLast, body)
    case .list(let start):
      splitter = .list(JSONListSplitter(name: name, limit: limit, head: text[..<start]))
      try split(UnsafeBufferPointer(rebasing: text[start...]), isLast: isLast, body)
    }
  }

  private mutating func split(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Record) throws -> Void
  ) throws {
    switch splitter {
    case .lines(var lines):
      splitter = nil  // so that its bytes are not copied
      try lines.split(piece, isLast: isLast) { line, number, offset in
        guard !isBlank(line) else { return }
        try body(parser.parse(line, line: number, offset: offset))
      }
      splitter = .lines(lines)
    case .list(var list):
      splitter = nil
      try list.split(piece, isLast: isLast) { record, line, offset in
        try body(parser.parse(record, line: line, offset: offset, unit: "record"))
      }
      splitter = .list(list)
    case nil: break
    }
  }

  private func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}

/// How the records of a `.json` or `.jsonl` file lie in it.
package enum JSONLayout: Equatable {
  /// One object a line.
  case lines
  /// A list, alone or as `{"data": […]}`, whose first record begins at this offset of the text.
  case list(start: Int)

  /// What is looked at, at most, before the records begin.
  private static let longestHead = 1 << 20

  /// Looks at the beginning of a file; an object with `textKey` in front of any list called `data` is a record.
  ///
  /// - Returns: nil where `head` does not tell yet.
  package static func tell(_ head: UnsafeBufferPointer<UInt8>, isWhole: Bool, textKey: String) -> JSONLayout? {
    var cursor = JSONCursor(bytes: head)
    if cursor.take(UInt8(ascii: "[")) { return .list(start: cursor.position) }
    do throws(JSONCursor.Fault) {
      return try tell(&cursor, textKey: Array(textKey.utf8)) ? .list(start: cursor.position) : .lines
    } catch {
      let isCutOff = cursor.position >= head.count || head.count < 1 << 16
      return isCutOff && !isWhole && head.count < longestHead ? nil : .lines
    }
  }

  /// Whether the list called `data` begins where `cursor` then stands.
  private static func tell(_ cursor: inout JSONCursor, textKey: [UInt8]) throws(JSONCursor.Fault) -> Bool {
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"), "a JSON object does not start")
    repeat {
      try cursor.readString(into: &key)
      guard key != textKey else { return false }
      try cursor.expect(UInt8(ascii: ":"), "a colon is missing")
      if key == Array("data".utf8), cursor.take(UInt8(ascii: "[")) { return true }
      try cursor.skipValue(depth: JSONRecordParser.maximumDepth)
    } while cursor.take(UInt8(ascii: ","))
    // Where the object has not ended the rest of it is waited for.
    try cursor.expect(UInt8(ascii: "}"), "the object does not end")
    return false
  }
}
