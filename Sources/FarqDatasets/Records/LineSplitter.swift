import FarqCore
import Foundation

/// Cuts a stream of bytes into lines; a line wholly inside a piece is handed on without being copied.
struct LineSplitter {
  private var carried: [UInt8] = []
  private let limit: Int
  private let name: String
  /// The number of the line last handed on, from 1.
  private(set) var line = 0
  /// The offset of that line in the text (converted to UTF-8, without a byte order mark).
  private(set) var offset = 0
  private var nextOffset = 0

  /// Makes a splitter for the file `name`; a line longer than `limit` bytes is an error.
  init(name: String, limit: Int) {
    self.name = name
    self.limit = limit
  }

  /// Hands each whole line of `piece`, without its line feed, to `body`.
  mutating func split(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool,
    _ body: (UnsafeBufferPointer<UInt8>, _ line: Int, _ offset: Int) throws -> Void
  ) throws {
    var start = 0
    while let end = Self.lineFeed(in: piece, from: start) {
      try hand(UnsafeBufferPointer(rebasing: piece[start..<end]), body)
      start = end + 1
    }
    carried.append(contentsOf: piece[start...])
    guard carried.count <= limit else { throw tooLong() }
    if isLast, !carried.isEmpty {
      try hand(UnsafeBufferPointer(start: nil, count: 0), body)
    }
  }

  private mutating func hand(
    _ end: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>, _ line: Int, _ offset: Int) throws -> Void
  ) throws {
    line += 1
    offset = nextOffset
    nextOffset += carried.count + end.count + 1
    guard carried.count + end.count <= limit else { throw tooLong() }
    if carried.isEmpty { return try body(end, line, offset) }
    carried.append(contentsOf: end)
    try carried.withUnsafeBufferPointer { try body($0, line, offset) }
    carried.removeAll(keepingCapacity: true)
  }

  private static func lineFeed(in piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < piece.count, let base = piece.baseAddress,
      let found = memchr(base + start, 10, piece.count - start)
    else { return nil }
    return UnsafePointer<UInt8>(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  private func tooLong() -> FarqError {
    FarqError(
      .badData, "\(name):\(line + 1): the line is longer than \(limit) bytes; split the document or raise the limit")
  }
}
