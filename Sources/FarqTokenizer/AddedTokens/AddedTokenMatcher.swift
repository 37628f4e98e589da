/// Finds added tokens in a text: leftmost first, longest of several, as `tokenizers` does.
struct AddedTokenMatcher: Sendable {
  /// A stretch of the text: an added token's, or one between them (`id` nil).
  struct Segment: Equatable {
    var range: Range<Int>
    var id: Int32?
  }

  private struct Pattern {
    var bytes: [UInt8]
    var token: AddedToken
    var id: Int32
  }

  private let patterns: [Pattern]
  /// The patterns by first byte, longest first.
  private let byFirstByte: [[Int]]

  /// Whether there is nothing to find.
  var isEmpty: Bool { patterns.isEmpty }

  init(_ tokens: [(bytes: [UInt8], token: AddedToken, id: Int32)]) {
    patterns = tokens.filter { !$0.bytes.isEmpty }.map { Pattern(bytes: $0.bytes, token: $0.token, id: $0.id) }
    var table = [[Int]](repeating: [], count: 256)
    for index in patterns.indices { table[Int(patterns[index].bytes[0])].append(index) }
    byFirstByte = table.map { [patterns] in $0.sorted { patterns[$0].bytes.count > patterns[$1].bytes.count } }
  }

  /// Cuts `text` at the added tokens; the segments cover it.
  func segments(of text: UnsafeBufferPointer<UInt8>) -> [Segment] {
    guard !isEmpty else { return text.isEmpty ? [] : [Segment(range: 0..<text.count, id: nil)] }
    var segments: [Segment] = []
    var covered = 0
    var position = 0
    while position < text.count {
      guard !byFirstByte[Int(text[position])].isEmpty, let pattern = match(text, at: position) else {
        position += 1
        continue
      }
      let end = position + pattern.bytes.count
      if let range = range(of: pattern, text, position..<end, covered: covered) {
        if covered < range.lowerBound { segments.append(Segment(range: covered..<range.lowerBound, id: nil)) }
        segments.append(Segment(range: range, id: pattern.id))
        covered = range.upperBound
      }
      position = end
    }
    if covered < text.count { segments.append(Segment(range: covered..<text.count, id: nil)) }
    return segments
  }

  private func match(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Pattern? {
    for index in byFirstByte[Int(text[position])] {
      let bytes = patterns[index].bytes
      guard position + bytes.count <= text.count else { continue }
      if bytes.indices.allSatisfy({ bytes[$0] == text[position + $0] }) { return patterns[index] }
    }
    return nil
  }

  /// The token's range with the white space it takes, or nil where it had to be a word of its own and is none.
  private func range(
    of pattern: Pattern, _ text: UnsafeBufferPointer<UInt8>, _ found: Range<Int>, covered: Int
  ) -> Range<Int>? {
    var (start, end) = (found.lowerBound, found.upperBound)
    if pattern.token.isSingleWord {
      if let before = TextEdges.scalar(before: start, in: text), TextEdges.isWord(before) { return nil }
      if let after = TextEdges.scalar(after: end, in: text), TextEdges.isWord(after) { return nil }
    }
    if pattern.token.stripsLeft { start = max(TextEdges.skipWhiteLeft(from: start, in: text), covered) }
    if pattern.token.stripsRight { end = TextEdges.skipWhiteRight(from: end, in: text) }
    return start..<max(start, end)
  }
}
