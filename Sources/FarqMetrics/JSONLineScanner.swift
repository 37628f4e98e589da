import Foundation

/// Scans one line of JSON for a target and scores, without building anything else.
struct JSONLineScanner {
  /// A target as it stands in the line.
  enum Target {
    case number(Int)
    case text(String)
  }

  /// What is wrong with a line.
  struct Problem: Error {
    let message: String
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var position: Int

  /// A scanner of `range`; one readable byte must follow it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Whether nothing but white space is left.
  var isBlank: Bool {
    bytes[position..<end].allSatisfy { $0 == 32 || $0 == 9 || $0 == 13 }
  }

  /// What a line says of one document.
  struct Fields {
    /// The right label: `target`, or where there is none `label`.
    var target: Target?
    /// The predicted label: `prediction` or `predicted`.
    var prediction: Target?
    /// What the scores are, where there are some.
    var kind: ScoreKind?
    /// How many scores there are.
    var count = 0
  }

  /// Reads the line's object; scores are appended to `scores`, logits before probabilities where both are given.
  mutating func prediction(into scores: inout [Float]) throws -> Fields {
    let start = scores.count
    var fields = Fields()
    var label: Target?
    if bytes[position] == 0xEF, end - position > 2, bytes[position + 1] == 0xBB { position += 3 }
    try expect(UInt8(ascii: "{"))
    if peek() == UInt8(ascii: "}") {
      position += 1
    } else {
      repeat {
        let name = try string()
        try expect(UInt8(ascii: ":"))
        switch name {
        case "target": fields.target = try readTarget()
        case "label" where startsLabel: label = try readTarget()
        case "prediction" where startsLabel, "predicted" where startsLabel: fields.prediction = try readTarget()
        case "logits",
          "probabilities" where fields.kind != .logits && peek() == UInt8(ascii: "["):
          scores.removeLast(scores.count - start)
          try numbers(into: &scores)
          fields.kind = name == "logits" ? .logits : .probabilities
        default: try skipValue(depth: 0)
        }
      } while try continues(closing: UInt8(ascii: "}"))
    }
    guard peek() == 0 else { throw Problem(message: "more after the object; give one object a line") }
    fields.target = fields.target ?? label
    fields.count = scores.count - start
    return fields
  }

  /// Whether the next value is a string or a number.
  private var startsLabel: Bool {
    mutating get {
      let next = peek()
      return next == UInt8(ascii: "\"") || next == UInt8(ascii: "-") || next &- 48 < 10
    }
  }

  private mutating func readTarget() throws -> Target {
    if peek() == UInt8(ascii: "\"") { return .text(try string()) }
    let value = try number()
    guard let whole = Int(exactly: value) else {
      throw Problem(message: "label \(value) is no whole number; give the label's number or name")
    }
    return .number(whole)
  }

  private mutating func numbers(into scores: inout [Float]) throws {
    try expect(UInt8(ascii: "["))
    if peek() == UInt8(ascii: "]") {
      position += 1
      return
    }
    repeat {
      let value = Float(try number())
      guard value.isFinite else { throw Problem(message: "a score is no finite number; the model's output is broken") }
      scores.append(value)
    } while try continues(closing: UInt8(ascii: "]"))
  }

  /// The next byte that is no white space; 0 at the end.
  private mutating func peek() -> UInt8 {
    while position < end, bytes[position] == 32 || bytes[position] == 9 || bytes[position] == 13 { position += 1 }
    return position < end ? bytes[position] : 0
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard peek() == byte else {
      throw Problem(message: "no valid JSON: \"\(Character(Unicode.Scalar(byte)))\" is missing; give one object a line")
    }
    position += 1
  }

  private mutating func continues(closing: UInt8) throws -> Bool {
    if peek() == UInt8(ascii: ",") {
      position += 1
      return true
    }
    try expect(closing)
    return false
  }

  /// A number; short ones exactly by one multiplication or division, the others by the C library.
  private mutating func number() throws -> Double {
    guard peek() != 0 else { throw Problem(message: "a number is missing; give one object a line") }
    let start = position
    var mantissa: UInt64 = 0
    var (digits, fraction) = (0, 0)
    let negative = bytes[position] == UInt8(ascii: "-")
    if negative { position += 1 }
    while position < end, bytes[position] &- 48 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 48)
      digits += 1
      position += 1
    }
    if digits > 0, position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      while position < end, bytes[position] &- 48 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(bytes[position] &- 48)
        digits += 1
        fraction += 1
        position += 1
      }
    }
    let isShort = position >= end || bytes[position] | 32 != UInt8(ascii: "e")
    if digits > 0, digits <= 19, mantissa < 1 << 53, fraction <= 22, isShort {
      let value = Double(mantissa) / Self.powersOfTen[fraction]
      return negative ? -value : value
    }
    position = start
    return try slowNumber()
  }

  private mutating func slowNumber() throws -> Double {
    let start = position
    while position < end, !",]} \t\r".utf8.contains(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    let known = ["NaN": Double.nan, "Infinity": .infinity, "-Infinity": -.infinity]
    guard let value = known[text] ?? (text.utf8.first.map { $0 == 45 || $0 &- 48 < 10 } == true ? Double(text) : nil)
    else {
      throw Problem(message: "\"\(text.prefix(20))\" is no number; give numbers as JSON writes them")
    }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private mutating func string() throws -> String {
    try expect(UInt8(ascii: "\""))
    let start = position
    var escaped = false
    while position < end, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") {
        escaped = true
        position += 1
      }
      position += 1
    }
    guard position < end else { throw Problem(message: "a string does not end; give one object a line") }
    position += 1
    if !escaped { return String(decoding: bytes[start..<position - 1], as: UTF8.self) }
    let quoted = Data(bytes[start - 1..<position])
    guard let text = try? JSONDecoder().decode(String.self, from: quoted) else {
      throw Problem(message: "a string is no valid JSON; check its escapes")
    }
    return text
  }

  private mutating func skipValue(depth: Int) throws {
    guard depth < 64 else { throw Problem(message: "values nested more than 64 deep; give plain predictions") }
    let open = peek()
    if open == UInt8(ascii: "\"") {
      _ = try string()
    } else if open == UInt8(ascii: "{") || open == UInt8(ascii: "[") {
      position += 1
      let close = open + 2
      if peek() == close {
        position += 1
        return
      }
      repeat {
        if open == UInt8(ascii: "{") {
          _ = try string()
          try expect(UInt8(ascii: ":"))
        }
        try skipValue(depth: depth + 1)
      } while try continues(closing: close)
    } else {
      let start = position
      while position < end, !",]} \t\r".utf8.contains(bytes[position]) { position += 1 }
      guard position > start else { throw Problem(message: "a value is missing; give one object a line") }
    }
  }
}
