import FarqCore

/// Reads the records of one file (JSON lines or delimited values) front to back in bounded memory.
struct RecordReader {
  /// The name of the file, for messages.
  let name: String
  /// The form of the records; parquet comes here as JSON lines.
  let form: DataForm
  /// How data is read.
  let options: LoadOptions

  /// Hands each record to `body`; returns the encoding of the file.
  func read(_ source: any ByteSource, _ body: (Record) throws -> Void) throws -> TextEncoding {
    var decoder = TextDecoder(name: name, forced: options.encoding)
    switch form {
    case .jsonl, .parquet: try readLines(source, &decoder, body)
    case .csv: try readRows(source, &decoder, delimiter: UInt8(ascii: ","), body)
    case .tsv: try readRows(source, &decoder, delimiter: 9, body)
    }
    return decoder.encoding ?? .utf8
  }

  private func readLines(
    _ source: any ByteSource, _ decoder: inout TextDecoder, _ body: (Record) throws -> Void
  ) throws {
    let parser = JSONRecordParser(name: name, options: options)
    var lines = LineSplitter(name: name, limit: options.maximumDocumentBytes)
    try source.forEachPiece { piece, isLast in
      try decoder.decode(piece, isLast: isLast) { text in
        try lines.split(text, isLast: isLast) { line, number, offset in
          guard !isBlank(line) else { return }
          try body(parser.parse(line, line: number, offset: offset))
        }
      }
    }
  }

  private func readRows(
    _ source: any ByteSource, _ decoder: inout TextDecoder, delimiter: UInt8, _ body: (Record) throws -> Void
  ) throws {
    var parser = DelimitedParser(name: name, delimiter: delimiter, limit: options.maximumDocumentBytes)
    var header: DelimitedHeader?
    try source.forEachPiece { piece, isLast in
      try decoder.decode(piece, isLast: isLast) { text in
        try parser.parse(text, isLast: isLast) { row, line in
          if let header {
            try body(header.record(row, line: line))
          } else {
            header = try DelimitedHeader(row, name: name, options: options)
          }
        }
      }
    }
  }

  private func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
