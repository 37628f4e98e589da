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
}
