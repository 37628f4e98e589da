import Foundation

/// A strict scanner for the JSON of a safetensors header: objects, strings, arrays of whole numbers. Unlike a general
/// parser it sees duplicate keys, which the format forbids.
struct HeaderScanner {
  /// What is wrong, in a few words.
  struct Problem: Error {
    let words: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Reads `{ key: value, … }`, calling `member` at each value; refuses a key that comes twice.
  mutating func object(_ member: (String, inout HeaderScanner) throws -> Void) throws {
    try expect("{")
    var seen = Set<String>()
    if accept("}") { return }
    repeat {
      let key = try string()
      guard seen.insert(key).inserted else { throw Problem(words: "key '\(key)' comes twice") }
      try expect(":")
      try member(key, &self)
    } while accept(",")
    try expect("}")
  }

  /// Reads `[ 1, 2, … ]`.
  mutating func integers() throws -> [Int] {
    try expect("[")
    var numbers: [Int] = []
    if accept("]") { return numbers }
    repeat { numbers.append(try integer()) } while accept(",")
    try expect("]")
    return numbers
  }

  /// Reads a string; escapes are decoded by Foundation.
  mutating func string() throws -> String {
    skipSpace()
    let start = position
    try expect("\"")
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    try expect("\"")
    let literal = Data(bytes[start..<position])
    guard let text = try? JSONDecoder().decode(String.self, from: literal) else {
      throw Problem(words: "a string at byte \(start) is not valid")
    }
    return text
  }

  /// Refuses anything but white space up to the end.
  mutating func end() throws {
    skipSpace()
    guard position == bytes.count else { throw Problem(words: "text after its end, at byte \(position)") }
  }

  private mutating func integer() throws -> Int {
    skipSpace()
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    guard let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      throw Problem(words: "no whole number at byte \(start)")
    }
    return number
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func accept(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws {
    guard accept(mark) else { throw Problem(words: "'\(mark)' expected at byte \(min(position, bytes.count))") }
  }
}
