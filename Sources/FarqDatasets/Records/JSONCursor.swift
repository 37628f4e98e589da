import Foundation

/// A place in a line of JSON, and the steps forward from it.
struct JSONCursor {
  /// What is wrong at ``position``.
  struct Fault: Error {
    /// What is wrong, in words.
    var message: String
    /// What to do about it, where that is not to write JSON as it has to be.
    var advice: String?
  }

  /// The line.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The next byte to look at.
  private(set) var position = 0

  /// Starts at the first byte.
  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Steps over white space, and over `byte` where it comes next; says whether it did.
  mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Steps over `byte`, or throws `message`.
  mutating func expect(_ byte: UInt8, _ message: String) throws(Fault) {
    guard take(byte) else { throw Fault(message: message) }
  }

  /// Throws where anything but white space is left.
  mutating func expectEnd() throws(Fault) {
    skipSpace()
    guard position == bytes.count else { throw Fault(message: "something follows the object") }
  }

  /// Reads a string, a number, a truth value or null (which is nil).
  mutating func readScalar(into scratch: inout [UInt8]) throws(Fault) -> String? {
    skipSpace()
    guard position < bytes.count else { throw Fault(message: "a value is missing") }
    if bytes[position] == UInt8(ascii: "\"") { return try readText(into: &scratch) }
    guard bytes[position] != UInt8(ascii: "{"), bytes[position] != UInt8(ascii: "[") else {
      throw Fault(message: "a string or number is needed, not an object or list,")
    }
    let start = position
    try skipValue(depth: 1)
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return word == "null" ? nil : word
  }

  /// Reads a label: a scalar, or a list of one.
  mutating func readLabel(into scratch: inout [UInt8]) throws(Fault) -> String? {
    guard take(UInt8(ascii: "[")) else { return try readScalar(into: &scratch) }
    if take(UInt8(ascii: "]")) { return nil }
    let label = try readScalar(into: &scratch)
    guard !take(UInt8(ascii: ",")) else {
      throw Fault(message: "the label is a list of several", advice: "each document needs one label")
    }
    try expect(UInt8(ascii: "]"), "a list does not end")
    return label
  }

  /// Reads a string as `String`; one without escapes is not copied twice.
  private mutating func readText(into scratch: inout [UInt8]) throws(Fault) -> String {
    let start = position + 1
    if let end = endOfPlainString(from: start) {
      position = end + 1
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }
    try readString(into: &scratch)
    return String(decoding: scratch, as: UTF8.self)
  }

  /// Reads a string into `scratch`, escapes resolved.
  mutating func readString(into scratch: inout [UInt8]) throws(Fault) {
    scratch.removeAll(keepingCapacity: true)
    try expect(UInt8(ascii: "\""), "a string does not start")
    while true {
      let start = position
      position = endOfPlainRun(from: position)
      scratch.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
      guard position < bytes.count else { throw Fault(message: "a string does not end") }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"):
        try readEscape(into: &scratch)
      default:
        throw Fault(message: "a control character stands unescaped in a string")
      }
    }
  }

  /// Steps over any value.
  mutating func skipValue(depth: Int) throws(Fault) {
    skipSpace()
    guard position < bytes.count else { throw Fault(message: "a value is missing") }
    switch bytes[position] {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "{"): try skipContainer(depth: depth, isObject: true)
    case UInt8(ascii: "["): try skipContainer(depth: depth, isObject: false)
    case UInt8(ascii: "t"): try skipWord("true")
    case UInt8(ascii: "f"): try skipWord("false")
    case UInt8(ascii: "n"): try skipWord("null")
    default: try skipNumber()
    }
  }

  // MARK: - Parts

  @inline(__always)
  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// The first byte from `start` that is no plain part of a string; eight bytes are looked at at once, as the text
  /// is nearly all there is in a line.
  private func endOfPlainRun(from start: Int) -> Int {
    var end = start
    if let base = bytes.baseAddress.map(UnsafeRawPointer.init) {
      while end + 8 <= bytes.count {
        let word = (base + end).loadUnaligned(as: UInt64.self)
        let quotes = word ^ 0x2222_2222_2222_2222
        let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let ones: UInt64 = 0x0101_0101_0101_0101
        // A byte below n sets its top bit in (word − n) & ~word; what is borrowed reaches only bytes above it.
        let found =
          ((word &- ones << 5) & ~word) | ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
        if found & (ones << 7) != 0 { break }
        end += 8
      }
    }
    while end < bytes.count, isPlain(bytes[end]) { end += 1 }
    return end
  }

  /// The closing quote of a string without escapes; nil where it has some.
  private func endOfPlainString(from start: Int) -> Int? {
    let end = endOfPlainRun(from: start)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
    return end
  }

  private mutating func skipString() throws(Fault) {
    position += 1
    if let end = endOfPlainString(from: position) {
      position = end + 1
      return
    }
    position -= 1
    var unused: [UInt8] = []
    try readString(into: &unused)
  }

  private mutating func skipContainer(depth: Int, isObject: Bool) throws(Fault) {
    guard depth > 0 else { throw Fault(message: "values are nested too deeply") }
    position += 1
    let end = UInt8(ascii: isObject ? "}" : "]")
    guard !take(end) else { return }
    repeat {
      if isObject {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
          throw Fault(message: "a key is missing")
        }
        try skipString()
        try expect(UInt8(ascii: ":"), "a colon is missing")
      }
      try skipValue(depth: depth - 1)
    } while take(UInt8(ascii: ","))
    try expect(end, "a list or object does not end")
  }

  private mutating func skipWord(_ word: StaticString) throws(Fault) {
    let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[position...].starts(with: wanted) else { throw Fault(message: "a value is misspelt") }
    position += wanted.count
  }

  private mutating func skipNumber() throws(Fault) {
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits()
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try skipDigits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      try skipDigits()
    }
  }

  private mutating func skipDigits() throws(Fault) {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    guard position > start else { throw Fault(message: "a value is expected") }
  }

  private mutating func readEscape(into scratch: inout [UInt8]) throws(Fault) {
    guard position + 1 < bytes.count else { throw Fault(message: "a string does not end") }
    let letter = bytes[position + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"): return try readUnicodeEscape(into: &scratch)
    default: throw Fault(message: "an escape is unknown")
    }
    position += 2
  }

  private mutating func readUnicodeEscape(into scratch: inout [UInt8]) throws(Fault) {
    var value = try hexadecimal(at: position + 2)
    var length = 6
    if 0xD800...0xDBFF ~= value {
      let next = position + 6
      guard next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"), bytes[next + 1] == UInt8(ascii: "u"),
        case let second = try hexadecimal(at: next + 2), 0xDC00...0xDFFF ~= second
      else { throw Fault(message: "half a surrogate pair stands alone") }
      value = 0x10000 + (value - 0xD800) << 10 + (second - 0xDC00)
      length = 12
    }
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      throw Fault(message: "half a surrogate pair stands alone")
    }
    scratch.append(contentsOf: encoded)
    position += length
  }

  private func hexadecimal(at start: Int) throws(Fault) -> UInt32 {
    guard start + 4 <= bytes.count else { throw Fault(message: "a \\u escape is cut off") }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: throw Fault(message: "a \\u escape is wrong")
      }
    }
    return value
  }
}
