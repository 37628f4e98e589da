import FarqCore

/// What a file of records turned out to be.
struct RecordAccount {
  /// The encoding of its text.
  var encoding = TextEncoding.utf8
  /// What stands between the fields of a `.csv`, where that is no comma.
  var delimiter: UInt8?
}

/// Reads the records of one file (JSON or delimited values) front to back in bounded memory.
struct RecordReader {
  /// The name of the file, for messages.
  let name: String
  /// The form of the records; parquet and Arrow come here as JSON lines.
  let form: DataForm
  /// How data is read.
  let options: LoadOptions

  /// Hands each record to `body`.
  func read(_ source: any ByteSource, _ body: (Record) throws -> Void) throws -> RecordAccount {
    var decoder = TextDecoder(name: name, forced: options.encoding)
    var account = RecordAccount()
    let limit = options.maximumDocumentBytes
    switch form {
    case .jsonl, .parquet, .arrow: try readJSON(source, &decoder, body)
    case .csv:
      var parser = DelimitedParser(
        name: name, sniffer: DelimiterSniffer(name: name, textColumn: options.textColumn), limit: limit)
      try readRows(source, &decoder, &parser, body)
      if parser.delimiter != UInt8(ascii: ",") { account.delimiter = parser.delimiter }
    case .tsv:
      var parser = DelimitedParser(name: name, delimiter: 9, limit: limit)
      try readRows(source, &decoder, &parser, body)
    }
    account.encoding = decoder.encoding ?? .utf8
    return account
  }

  private func readJSON(
    _ source: any ByteSource, _ decoder: inout TextDecoder, _ body: (Record) throws -> Void
  ) throws {
    var reader = JSONReader(name: name, options: options)
    try source.forEachPiece { piece, isLast in
      try decoder.decode(piece, isLast: isLast) { try reader.read($0, isLast: isLast, body) }
    }
  }

  private func readRows(
    _ source: any ByteSource, _ decoder: inout TextDecoder, _ parser: inout DelimitedParser,
    _ body: (Record) throws -> Void
  ) throws {
    var header: DelimitedHeader?
    try source.forEachPiece { piece, isLast in
      try decoder.decode(piece, isLast: isLast) { text in
        try parser.parse(text, isLast: isLast) { row, line in
          if let header {
            try body(header.record(row, line: line))
          } else if !DelimiterSniffer.isDirective(row) {
            header = try DelimitedHeader(row, name: name, options: options)
          }
        }
      }
    }
  }
}

/// Reads the records of JSON text piece by piece, whether they stand in lines or in a list.
private struct JSONReader {
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

  init(name: String, options: LoadOptions) {
    self.name = name
    self.options = options
    parser = JSONRecordParser(name: name, options: options)
  }

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
