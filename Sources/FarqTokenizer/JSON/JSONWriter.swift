/// Writes JSON as Python's `json.dumps(…, indent=2, ensure_ascii=False)` does.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// The text of `value`.
  static func write(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value, indent: 0)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }

  /// The string literal of a text.
  static func literal(_ text: some Sequence<UInt8>) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(string: text)
    return writer.bytes
  }

  private mutating func write(_ value: JSONValue, indent: Int) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .number(let number): append(String(number))
    case .string(let text): write(string: text)
    case .array(let values):
      writeList(open: "[", close: "]", count: values.count, indent: indent) { writer, index in
        writer.write(values[index], indent: indent + 1)
      }
    case .object(let fields):
      writeList(open: "{", close: "}", count: fields.count, indent: indent) { writer, index in
        writer.write(string: fields[index].key)
        writer.append(": ")
        writer.write(fields[index].value, indent: indent + 1)
      }
    }
  }

  private mutating func writeList(
    open: String, close: String, count: Int, indent: Int, element: (inout JSONWriter, Int) -> Void
  ) {
    append(open)
    for index in 0..<count {
      append(index == 0 ? "\n" : ",\n")
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * (indent + 1)))
      element(&self, index)
    }
    if count > 0 {
      append("\n")
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }
    append(close)
  }

  private mutating func write(string: some Sequence<UInt8>) {
    append("\"")
    for byte in string {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20, 0x7F: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
