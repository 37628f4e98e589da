import FarqCore
import Foundation

/// Reads a JSON file.
enum JSONFile {
  /// The object that the file holds.
  ///
  /// - Throws: ``FarqError`` `missingInput`, `inputOutput`, or `badData` where it is not JSON or no object.
  static func object(_ file: URL) throws -> JSONValue {
    let mapped = try MappedFile(file)
    defer { withExtendedLifetime(mapped) {} }
    guard let value = JSONParser.parse(mapped.bytes.bindMemory(to: UInt8.self)) else {
      throw FarqError(.badData, "\(file.path) is not JSON (broken or cut off); get the file anew")
    }
    guard case .object = value else {
      throw FarqError(.badData, "\(file.path) is not a JSON object; get the file anew")
    }
    return value
  }
}
