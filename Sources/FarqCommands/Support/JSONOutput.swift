import FarqCore
import Foundation

/// Prints JSON on standard output.
enum JSONOutput {
  /// One value, indented unless it is a line of many.
  static func write(_ value: some Encodable, isLine: Bool = false) throws {
    Console.write(try text(of: value, isLine: isLine))
  }

  /// The same as text.
  static func text(of value: some Encodable, isLine: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isLine ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
