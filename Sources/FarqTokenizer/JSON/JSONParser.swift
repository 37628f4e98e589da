/// Reads JSON (RFC 8259) byte by byte; nil on anything that is not JSON.
struct JSONParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// Deeper nesting is refused, so that a hostile file cannot overflow the stack.
  private static let deepest = 128

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The value that `bytes` spell, white space around it allowed.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    var parser = JSONParser(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    guard let value = parser.value(depth: 0) else { return nil }
    parser.skipWhite()
    return parser.position == bytes.count ? value : nil
  }

  /// Where the string under `key` stands in the object that `bytes` spell, quotes included, and its text; the last one
  /// if it stands twice. Nil where this is no object, or the value is no string.
  static func member(_ key: [UInt8], of bytes: UnsafeBufferPointer<UInt8>) -> (range: Range<Int>, text: [UInt8])? {
    var parser = JSONParser(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    guard parser.take("{") else { return nil }
    var found: (range: Range<Int>, text: [UInt8])?
    repeat {
      parser.skipWhite()
      guard parser.position < bytes.count, bytes[parser.position] == UInt8(ascii: "\""), let name = parser.string(),
        parser.take(":")
      else { return nil }
      parser.skipWhite()
      let start = parser.position
      guard let value = parser.value(depth: 1) else { return nil }
      if name == key {
        guard case .string(let text) = value else { return nil }
        found = (start..<parser.position, text)
      }
    } while parser.take(",")
    guard parser.take("}") else { return nil }
    parser.skipWhite()
    return parser.position == bytes.count ? found : nil
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipWhite()
    guard depth < Self.deepest, position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    var fields: [(key: [UInt8], value: JSONValue)] = []
    position += 1
    if take("}") { return .object(fields) }
    repeat {
      skipWhite()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\""), let key = string(), take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      fields.append((key, value))
    } while take(",")
    return take("}") ? .object(fields) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    var values: [JSONValue] = []
    position += 1
    if take("]") { return .array(values) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .array(values) : nil
  }

  private mutating func string() -> [UInt8]? {
    var text = GrowingBuffer<UInt8>(capacity: 64)
    defer { text.free() }
    guard let end = JSONString.decode(bytes, at: position, into: &text) else { return nil }
    position = end
    return Array(UnsafeBufferPointer(start: text.start, count: text.count))
  }

  private mutating func number() -> JSONValue? {
    let start = position
    while position < bytes.count, isNumberByte(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let integer = Int(text) { return .integer(integer) }
    // A number beyond what a double holds reads as infinity, which JSON cannot write: the nearest finite one stands for it.
    let largest = Double.greatestFiniteMagnitude
    return Double(text).map { .number(min(max($0, -largest), largest)) }
  }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: count)
    guard bytes[position...].starts(with: expected) else { return false }
    position += count
    return true
  }

  /// Skips white space, and `byte` if it follows.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipWhite()
    guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func skipWhite() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }
}
