/// What becomes of a document with more tokens than the model takes; raw values are the words of `--long`.
public enum LongDocument: String, Sendable, Codable, CaseIterable {
  /// The first tokens are kept.
  case head
  /// The last tokens are kept.
  case tail
  /// A quarter from the start and the rest from the end: 128 + 382 of 512 (Sun et al. 2019, arXiv 1905.05583).
  case headTail = "head-tail"
  /// Windows that overlap by half, each a document of its own; their logits are averaged.
  case window

  /// The pieces of `ids` (without `[CLS]` and `[SEP]`) that fit into `room` tokens each: one, or several windows.
  public func pieces(of ids: [Int32], room: Int) -> [ArraySlice<Int32>] {
    guard ids.count > room, room > 0 else { return [ids[...]] }
    switch self {
    case .head: return [ids.prefix(room)]
    case .tail: return [ids.suffix(room)]
    case .headTail:
      let head = (room + 2) / 4
      return [(ids.prefix(head) + ids.suffix(room - head))[...]]
    case .window:
      let step = max(1, room / 2)
      let starts = stride(from: 0, to: ids.count - room, by: step) + [ids.count - room]
      return starts.map { ids[$0..<($0 + room)] }
    }
  }

  /// In words: how many of `count` documents are longer than the model takes, and what becomes of them.
  ///
  /// - Parameter maximumLength: tokens, `[CLS]` and `[SEP]` included.
  public func note(_ longer: Int, of count: Int, maximumLength: Int) -> String {
    let room = maximumLength - 2
    let kept =
      switch self {
      case .head: "cut after the first \(room)"
      case .tail: "cut before the last \(room)"
      case .headTail: "cut to the first \((room + 2) / 4) and the last \(room - (room + 2) / 4)"
      case .window: "read in windows of \(room), their logits averaged"
      }
    let tenths = count > 0 ? (1000 * longer + count / 2) / count : 0
    return "\(longer) of \(count) documents (\(tenths / 10).\(tenths % 10) %) have more than \(maximumLength) tokens"
      + (longer > 0 ? " and are \(kept) (--long \(rawValue))" : "")
  }
}
