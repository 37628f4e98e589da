import FarqCore
import Foundation

/// Prints JSON on standard output.
enum JSONOutput {
  /// One value, indented unless it is a line of many.
  static func write(_ value: some Encodable, isLine: Bool = false) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isLine ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    Console.write(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
