/// Finds the `text` of a JSON line.
enum TextLine {
  /// Appends the value of the key `text` to `text`; false where the line is no JSON object with a text in it.
  static func read(_ line: UnsafeBufferPointer<UInt8>, into text: inout GrowingBuffer<UInt8>) -> Bool {
    text.count = 0
    if readSimple(line, into: &text) { return true }
    text.count = 0
    guard let value = JSONParser.parse(line), case .string(let bytes)? = value["text"] else { return false }
    for byte in bytes { text.append(byte) }
    return true
  }

  /// The way of nearly all lines: an object whose values are strings and plain words, `text` among them once.
  private static func readSimple(_ line: UnsafeBufferPointer<UInt8>, into text: inout GrowingBuffer<UInt8>) -> Bool {
    var position = skipWhite(line, 0)
    guard take(line, &position, "{") else { return false }
    var isFound = false
    repeat {
      position = skipWhite(line, position)
      let isText = line[position...].starts(with: [0x22, 0x74, 0x65, 0x78, 0x74, 0x22])
      guard let end = JSONString.skip(line, at: position) else { return false }
      position = skipWhite(line, end)
      guard take(line, &position, ":") else { return false }
      position = skipWhite(line, position)
      if isText {
        guard !isFound, position < line.count, line[position] == 0x22,
          let end = JSONString.decode(line, at: position, into: &text)
        else { return false }
        position = end
        isFound = true
      } else {
        guard let end = JSONString.skip(line, at: position) ?? skipInteger(line, at: position) else { return false }
        position = end
      }
      position = skipWhite(line, position)
    } while take(line, &position, ",")
    guard isFound, take(line, &position, "}") else { return false }
    return skipWhite(line, position) == line.count
  }

  /// The end of a whole number without leading zeros, or nil.
  private static func skipInteger(_ line: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    var position = start
    while position < line.count, line[position] >= 48, line[position] <= 57 { position += 1 }
    let isSound = position > start && (line[start] != 48 || position == start + 1)
    return isSound && position < line.count && [0x2C, 0x7D, 0x20].contains(line[position]) ? position : nil
  }

  private static func take(_ line: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ byte: Unicode.Scalar) -> Bool {
    guard position < line.count, line[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private static func skipWhite(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < line.count, line[position] == 0x20 || line[position] == 0x09 || line[position] == 0x0D {
      position += 1
    }
    return position
  }
}
