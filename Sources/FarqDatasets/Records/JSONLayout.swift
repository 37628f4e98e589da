/// How the records of a `.json` or `.jsonl` file lie in it.
enum JSONLayout: Equatable {
  /// One object a line.
  case lines
  /// A list, alone or as `{"data": […]}`, whose first record begins at this offset of the text.
  case list(start: Int)

  /// What is looked at, at most, before the records begin.
  private static let longestHead = 1 << 20

  /// Looks at the beginning of a file; an object with `textKey` in front of any list called `data` is a record.
  ///
  /// - Returns: nil where `head` does not tell yet.
  static func tell(_ head: UnsafeBufferPointer<UInt8>, isWhole: Bool, textKey: String) -> JSONLayout? {
    var cursor = JSONCursor(bytes: head)
    if cursor.take(UInt8(ascii: "[")) { return .list(start: cursor.position) }
    do throws(JSONCursor.Fault) {
      return try tell(&cursor, textKey: Array(textKey.utf8)) ? .list(start: cursor.position) : .lines
    } catch {
      let isCutOff = cursor.position >= head.count || head.count < 1 << 16
      return isCutOff && !isWhole && head.count < longestHead ? nil : .lines
    }
  }

  /// Whether the list called `data` begins where `cursor` then stands.
  private static func tell(_ cursor: inout JSONCursor, textKey: [UInt8]) throws(JSONCursor.Fault) -> Bool {
    var key: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"), "a JSON object does not start")
    repeat {
      try cursor.readString(into: &key)
      guard key != textKey else { return false }
      try cursor.expect(UInt8(ascii: ":"), "a colon is missing")
      if key == Array("data".utf8), cursor.take(UInt8(ascii: "[")) { return true }
      try cursor.skipValue(depth: JSONRecordParser.maximumDepth)
    } while cursor.take(UInt8(ascii: ","))
    return false
  }
}
