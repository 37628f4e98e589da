@testable import FarqDatasets
@testable import FarqMetrics
@testable import FarqTokenizer

/// Readers of lines and tables.
enum FuzzLines {
  /// The quick scanner and the parser have to agree on the text.
  static func textLine(_ bytes: UnsafeBufferPointer<UInt8>) {
    var text = GrowingBuffer<UInt8>(capacity: 8)
    defer { text.free() }
    let isFound = TextLine.read(bytes, into: &text)
    let found = Array(UnsafeBufferPointer(start: text.start, count: text.count))
    if case .string(let expected)? = JSONParser.parse(bytes)?["text"] {
      precondition(isFound && found == expected, "the quick scanner reads another text")
    } else {
      precondition(!isFound, "the quick scanner takes what is no JSON")
    }
    if let member = JSONParser.member(Array("text".utf8), of: bytes) {
      precondition(isFound && member.text == found, "the member is another text")
      let literal = JSONWriter.literal(member.text)
      literal.withUnsafeBufferPointer { bytes in
        if case .string(let again)? = JSONParser.parse(bytes) {
          precondition(again == member.text, "a written text reads otherwise")
        } else {
          preconditionFailure("a written text is no JSON")
        }
      }
    }
  }

  static func predictionLine(_ bytes: UnsafeBufferPointer<UInt8>) {
    let padded = Array(bytes) + [10]
    padded.withUnsafeBufferPointer { padded in
      var scanner = JSONLineScanner(padded, 0..<bytes.count)
      var scores: [Float] = []
      if !scanner.isBlank { _ = try? scanner.prediction(into: &scores) }
    }
  }

  /// A table reads alike in one piece and in two.
  static func table(_ bytes: UnsafeBufferPointer<UInt8>) {
    let sniffer = DelimiterSniffer(name: "fuzz", textColumn: "text")
    readInPieces(bytes) { pieces in
      var parser = DelimitedParser(name: "fuzz", sniffer: sniffer, limit: 1 << 20)
      var rows: [[String]] = []
      for (piece, isLast) in pieces { try parser.parse(piece, isLast: isLast) { row, _ in rows.append(row) } }
      return rows
    }
  }

  /// Records of JSON, in lines or in a list, read alike in one piece and in two.
  static func records(_ bytes: UnsafeBufferPointer<UInt8>) {
    readInPieces(bytes) { pieces in
      var reader = JSONReader(name: "fuzz", options: LoadOptions(maximumDocumentBytes: 1 << 20))
      var records: [Record] = []
      for (piece, isLast) in pieces { try reader.read(piece, isLast: isLast) { records.append($0) } }
      return records
    }
  }

  /// Reads the bytes whole, and cut in two where the first of them says.
  private static func readInPieces<Found: Equatable>(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ read: ([(piece: UnsafeBufferPointer<UInt8>, isLast: Bool)]) throws -> Found
  ) {
    guard let first = bytes.first else { return }
    let text = UnsafeBufferPointer(rebasing: bytes.dropFirst())
    let cut = Int(first) % (text.count + 1)
    let whole = try? read([(text, true)])
    let parted = try? read([
      (UnsafeBufferPointer(rebasing: text[..<cut]), false), (UnsafeBufferPointer(rebasing: text[cut...]), true),
    ])
    precondition(whole == parted, "it reads otherwise in two pieces")
  }

  static func json(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let value = JSONParser.parse(bytes) else { return }
    let written = JSONWriter.write(value)
    let again = written.withUnsafeBufferPointer { JSONParser.parse($0) }
    precondition(again != nil, "written JSON does not read")
  }
}
