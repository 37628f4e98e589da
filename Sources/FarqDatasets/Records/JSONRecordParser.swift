import FarqCore

/// Takes text, label and split out of one line of JSON (RFC 8259), strictly, without building the rest.
///
/// The bytes have to be valid UTF-8. Numbers and truth values are taken as labels as they are written; of a key
/// that stands twice the last counts, as in Python.
struct JSONRecordParser {
  private let keys: (text: [UInt8], label: [UInt8], split: [UInt8])
  private let name: String
  /// The deepest nesting of a value that is passed over.
  static let maximumDepth = 512

  /// Makes a parser for the file `name` with the keys that `options` names.
  init(name: String, options: LoadOptions) {
    self.name = name
    keys = (Array(options.textColumn.utf8), Array(options.labelColumn.utf8), Array(options.splitColumn.utf8))
  }

  /// Parses one line, or one record of a list, which may go over several.
  ///
  /// - Throws: ``FarqError`` `badData` naming file, line and byte offset.
  func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, line: Int, offset: Int, unit: StaticString = "line"
  ) throws -> Record {
    var cursor = JSONCursor(bytes: bytes)
    do throws(JSONCursor.Fault) {
      return try parse(&cursor, line: line)
    } catch {
      let before = bytes[..<min(cursor.position, bytes.count)]
      let column = before.count - (before.lastIndex(of: 10) ?? -1)
      throw FarqError(
        .badData,
        "\(name):\(line + before.count { $0 == 10 }): \(error.message) at byte \(column) of the \(unit) "
          + "(offset \(offset + cursor.position) of the text); "
          + (error.advice ?? "each \(unit) has to be one JSON object"))
    }
  }

  private func parse(_ cursor: inout JSONCursor, line: Int) throws(JSONCursor.Fault) -> Record {
    var record = Record(line: line)
    var scratch: [UInt8] = []
    try cursor.expect(UInt8(ascii: "{"), "a JSON object does not start")
    if !cursor.take(UInt8(ascii: "}")) {
      repeat {
        try cursor.readString(into: &scratch)
        let key = field(scratch)
        try cursor.expect(UInt8(ascii: ":"), "a colon is missing")
        guard let key else {
          try cursor.skipValue(depth: Self.maximumDepth)
          continue
        }
        record[keyPath: key] =
          key == \.label ? try cursor.readLabel(into: &scratch) : try cursor.readScalar(into: &scratch)
      } while cursor.take(UInt8(ascii: ","))
      try cursor.expect(UInt8(ascii: "}"), "the object does not end")
    }
    try cursor.expectEnd()
    return record
  }

  private func field(_ key: [UInt8]) -> WritableKeyPath<Record, String?>? {
    if key == keys.text { return \.text }
    if key == keys.label { return \.label }
    return key == keys.split ? \.split : nil
  }
}
