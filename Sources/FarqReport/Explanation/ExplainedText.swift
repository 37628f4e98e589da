/// A text cut into words with what they added, and how its tokens are written.
struct ExplainedText: Sendable {
  /// A part of the text.
  struct Piece: Sendable, Equatable {
    /// The text.
    let text: String
    /// What the word added to the log-odds; nil between words.
    let attribution: Double?
  }

  /// Words and what stands between them, in order: as far as the model read.
  let pieces: [Piece]
  /// What the model did not read.
  let rest: String
  /// Each token as a reader knows it.
  let tokenNames: [String]
  /// Whether most of its letters are written from right to left.
  let isRightToLeft: Bool

  init(_ report: ExplanationReport) {
    let bytes = Array(report.text.utf8)
    func text(_ start: Int, _ end: Int) -> String {
      let (start, end) = (min(max(start, 0), bytes.count), min(max(end, 0), bytes.count))
      return start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
    }
    var words: [(start: Int, end: Int, sum: Double)] = []
    for token in report.tokens where token.end > token.start {
      if token.isContinuation, let last = words.indices.last {
        words[last].end = max(words[last].end, token.end)
        words[last].sum += token.attribution
      } else {
        words.append((token.start, token.end, token.attribution))
      }
    }
    var pieces: [Piece] = []
    var place = 0
    for word in words where word.end > place {
      if word.start > place { pieces.append(Piece(text: text(place, word.start), attribution: nil)) }
      pieces.append(Piece(text: text(max(place, word.start), word.end), attribution: word.sum))
      place = word.end
    }
    let after = text(place, bytes.count)
    let isCut = report.tokenCount > report.tokens.count
    if !isCut, !after.isEmpty { pieces.append(Piece(text: after, attribution: nil)) }
    self.pieces = pieces
    rest = isCut ? after : ""
    tokenNames = report.tokens.map { token in
      token.end > token.start
        ? Self.name(text(token.start, token.end), isContinuation: token.isContinuation) : token.piece
    }
    isRightToLeft = Self.isRightToLeft(report.text)
  }

  /// A piece within a word begins with a stroke (tatweel) in Arabic, so that its letters join as in the word.
  private static func name(_ text: String, isContinuation: Bool) -> String {
    guard isContinuation, let first = text.unicodeScalars.first else { return text }
    return (0x0620...0x064A).contains(first.value) ? "\u{0640}\(text)" : "##\(text)"
  }

  private static func isRightToLeft(_ text: String) -> Bool {
    var (right, left) = (0, 0)
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC: right += 1
      default: left += 1
      }
    }
    return right >= left
  }
}
