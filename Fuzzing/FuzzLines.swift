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
    guard let first = bytes.first else { return }
    let text = UnsafeBufferPointer(rebasing: bytes.dropFirst())
    let cut = Int(first) % (text.count + 1)
    let whole = rows([text])
    let parted = rows([UnsafeBufferPointer(rebasing: text[..<cut]), UnsafeBufferPointer(rebasing: text[cut...])])
    precondition(whole == parted, "a table reads otherwise in two pieces")
  }

  private static func rows(_ pieces: [UnsafeBufferPointer<UInt8>]) -> [[String]]? {
    let sniffer = DelimiterSniffer(name: "fuzz", textColumn: "text")
    var parser = DelimitedParser(name: "fuzz", sniffer: sniffer, limit: 1 << 20)
    var rows: [[String]] = []
    do {
      for (index, piece) in pieces.enumerated() {
        try parser.parse(piece, isLast: index == pieces.count - 1) { row, _ in rows.append(row) }
      }
      return rows
    } catch {
      return nil
    }
  }

  /// Records of JSON, in lines or in a list, read alike in one piece and in two.
  static func records(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return }
    let text = UnsafeBufferPointer(rebasing: bytes.dropFirst())
    let cut = Int(first) % (text.count + 1)
    let whole = jsonRecords([text])
    let parted = jsonRecords([UnsafeBufferPointer(rebasing: text[..<cut]), UnsafeBufferPointer(rebasing: text[cut...])])
    precondition(whole == parted, "records read otherwise in two pieces")
  }

  private static func jsonRecords(_ pieces: [UnsafeBufferPointer<UInt8>]) -> [Record]? {
    var reader = JSONReader(name: "fuzz", options: LoadOptions(maximumDocumentBytes: 1 << 20))
    var records: [Record] = []
    do {
      for (index, piece) in pieces.enumerated() {
        try reader.read(piece, isLast: index == pieces.count - 1) { records.append($0) }
      }
      return records
    } catch {
      return nil
    }
  }

  static func json(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let value = JSONParser.parse(bytes) else { return }
    let written = JSONWriter.write(value)
    let again = written.withUnsafeBufferPointer { JSONParser.parse($0) }
    precondition(again != nil, "written JSON does not read")
  }
}
