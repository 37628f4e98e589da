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
