/// How often each term occurs in each document of a range, with terms numbered by a table.
struct TermCounts: Sendable {
  private(set) var rowStarts = [0]
  private(set) var terms: [Int32] = []
  private(set) var counts: [Int32] = []

  /// Counts the terms of `texts`; `number` gives a term's number, or nil to leave it out.
  init(
    _ texts: ArraySlice<String>, maximumLength: Int,
    number: (UnsafeBufferPointer<UInt8>) -> Int?
  ) {
    var scanner = TermScanner()
    var row: [Int32] = []
    for text in texts {
      scanner.scan(text)
      row.removeAll(keepingCapacity: true)
      scanner.buffer.withUnsafeBufferPointer { bytes in
        for (index, word) in scanner.words.enumerated() {
          for last in index..<min(index + maximumLength, scanner.words.count) {
            let term = UnsafeBufferPointer(rebasing: bytes[word.lowerBound..<scanner.words[last].upperBound])
            if let found = number(term) { row.append(Int32(found)) }
          }
        }
      }
      append(&row)
    }
  }

  private mutating func append(_ row: inout [Int32]) {
    row.sort()
    let start = terms.count
    for term in row {
      if terms.count > start, terms[terms.count - 1] == term {
        counts[counts.count - 1] += 1
      } else {
        terms.append(term)
        counts.append(1)
      }
    }
    rowStarts.append(terms.count)
  }
}
