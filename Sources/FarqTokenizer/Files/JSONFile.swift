import FarqCore
import Foundation

/// Reads a small JSON file.
enum JSONFile {
  /// The object that the file holds.
  static func object(_ file: URL) throws -> [String: Any] {
    let mapped = try MappedFile(file)
    defer { withExtendedLifetime(mapped) {} }
    do {
      guard let object = try JSONSerialization.jsonObject(with: Data(mapped.bytes)) as? [String: Any] else {
        throw FarqError(.badData, "\(file.path) is not a JSON object; get the file anew")
      }
      return object
    } catch let error as FarqError {
      throw error
    } catch {
      throw FarqError(.badData, "\(file.path) is not JSON (broken or cut off); get the file anew")
    }
  }
}
