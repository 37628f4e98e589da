import FarqCore

/// Cuts a stream of UTF-8 into rows of fields (RFC 4180): quoted fields may hold the delimiter, line ends and
/// doubled quotes; lines end in LF, CR LF or CR; blank lines are passed over.
package struct DelimitedParser {
  private enum State { case fieldStart, plain, quoted, quoteInQuoted, afterCarriageReturn }

  /// The line on which the row now being read starts, from 1.
  private(set) var rowLine = 1
  private let name: String
  /// What stands between fields; nil until the beginning told.
  private(set) var delimiter: UInt8?
  private let sniffer: DelimiterSniffer?
  private var head: [UInt8] = []
  private let limit: Int
  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var row: [String] = []
  private var rowIsQuoted = false
  private var line = 1
  private var quoteLine = 1

  /// Fields of a row, at most: a line of delimiters alone takes memory too.
  private static let mostFields = 1 << 16

  /// Makes a parser for the file `name`; a field longer than `limit` bytes is an error.
  init(name: String, delimiter: UInt8, limit: Int) {
    self.name = name
    self.delimiter = delimiter
    self.limit = limit
    sniffer = nil
  }

  /// Makes a parser for the file `name` whose beginning tells the delimiter.
  package init(name: String, sniffer: DelimiterSniffer, limit: Int) {
    self.name = name
    self.sniffer = sniffer
    self.limit = limit
  }

  /// Hands each whole row of `piece` to `body` with the line it starts on.
  ///
  /// - Throws: ``FarqError`` `badData` with file and line for a quote that is left open or stands inside a field.
  package mutating func parse(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (_ row: [String], _ line: Int) throws -> Void
  ) throws {
    guard delimiter == nil, let sniffer else { return try parseRows(piece, isLast: isLast, body) }
    head.append(contentsOf: piece)
    delimiter = sniffer.delimiter(head, isWhole: isLast)
    guard delimiter != nil else { return }
    let beginning = head
    head = []
    try beginning.withUnsafeBufferPointer { try parseRows($0, isLast: isLast, body) }
  }

  private mutating func parseRows(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (_ row: [String], _ line: Int) throws -> Void
  ) throws {
    var position = 0
    while position < piece.count {
      if state == .plain || state == .quoted { position = takeRun(piece, from: position) }
      guard position < piece.count else { break }
      try step(piece[position], body)
      position += 1
      guard field.count <= limit else { throw tooLong() }
    }
    guard field.count <= limit else { throw tooLong() }
    if isLast { try finish(body) }
  }

  /// Takes the bytes that mean nothing special at once.
  private mutating func takeRun(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    if state == .quoted {
      while end < piece.count, piece[end] != UInt8(ascii: "\""), piece[end] != 10 { end += 1 }
    } else {
      while end < piece.count, piece[end] != delimiter, piece[end] != 10, piece[end] != 13 { end += 1 }
    }
    field.append(contentsOf: UnsafeBufferPointer(rebasing: piece[start..<end]))
    return end
  }

  private mutating func step(_ byte: UInt8, _ body: ([String], Int) throws -> Void) throws {
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") {
        state = .quoteInQuoted
      } else {
        if byte == 10 { line += 1 }
        field.append(byte)
      }
    case .quoteInQuoted where byte == UInt8(ascii: "\""):
      field.append(byte)
      state = .quoted
    case .afterCarriageReturn where byte == 10:
      state = .fieldStart
    case .fieldStart, .afterCarriageReturn:
      state = .fieldStart
      if byte == UInt8(ascii: "\"") {
        state = .quoted
        rowIsQuoted = true
        quoteLine = line
      } else if try !endField(byte, body) {
        field.append(byte)
        state = .plain
      }
    case .plain, .quoteInQuoted:
      let wasQuoted = state == .quoteInQuoted
      if try !endField(byte, body) {
        guard !wasQuoted else { throw strayQuote() }
        field.append(byte)
      }
    }
  }

  /// Ends the field, and at a line end the row; false where `byte` is part of the field.
  private mutating func endField(_ byte: UInt8, _ body: ([String], Int) throws -> Void) throws -> Bool {
    if byte == delimiter {
      pushField()
      guard row.count < Self.mostFields else {
        throw FarqError(
          .badData, "\(name):\(rowLine): the row has more than \(Self.mostFields) fields; check the delimiter")
      }
      state = .fieldStart
      return true
    }
    guard byte == 10 || byte == 13 else { return false }
    try endRow(body)
    state = byte == 13 ? .afterCarriageReturn : .fieldStart
    return true
  }

  private mutating func pushField() {
    row.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
  }

  private mutating func endRow(_ body: ([String], Int) throws -> Void) throws {
    let isBlank = row.isEmpty && field.isEmpty && !rowIsQuoted
    if isBlank {
      field.removeAll(keepingCapacity: true)
    } else {
      pushField()
      try body(row, rowLine)
    }
    row.removeAll(keepingCapacity: true)
    rowIsQuoted = false
    line += 1
    rowLine = line
  }

  private mutating func finish(_ body: ([String], Int) throws -> Void) throws {
    guard state != .quoted else {
      throw FarqError(
        .badData, "\(name):\(quoteLine): the quote that opens here is never closed; close it or double it")
    }
    if !row.isEmpty || !field.isEmpty || rowIsQuoted { try endRow(body) }
  }

  private func strayQuote() -> FarqError {
    FarqError(
      .badData, "\(name):\(line): something follows a closing quote; double the quotes inside a quoted field")
  }

  private func tooLong() -> FarqError {
    let start = state == .quoted ? quoteLine : line
    return FarqError(
      .badData, "\(name):\(start): a field is longer than \(limit) bytes; close the quote or raise the limit")
  }
}
