/// A JSON value whose objects keep their order and whose keys are compared byte by byte: Foundation's dictionaries
/// would take two spellings of a letter (é, and e with an accent) for one key, a vocabulary must not.
indirect enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string([UInt8])
  case array([JSONValue])
  case object([(key: [UInt8], value: JSONValue)])

  /// A string value of a text.
  static func text(_ text: String) -> JSONValue { .string(Array(text.utf8)) }

  /// An object of texts as keys.
  static func fields(_ fields: [(String, JSONValue)]) -> JSONValue {
    .object(fields.map { (Array($0.utf8), $1) })
  }

  /// The value under `key`, the last one if it stands twice; nil where there is none, or null, or this is no object.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    let bytes = Array(key.utf8)
    guard let value = fields.last(where: { $0.key == bytes })?.value else { return nil }
    if case .null = value { return nil }
    return value
  }

  /// The text, if this is a string.
  var text: String? {
    guard case .string(let bytes) = self else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The elements, if this is an array.
  var elements: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The number, if this is one that is whole.
  var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }
}
