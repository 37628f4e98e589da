import FarqTesting
import Foundation

extension TemporaryFolder {
  /// Writes `bytes` to the file `path` below the folder and returns where it lies.
  @discardableResult
  func write(_ path: String, _ bytes: Data) throws -> URL {
    let place = file(path)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: place)
    return place
  }

  /// Writes `text` as UTF-8 to the file `path` below the folder and returns where it lies.
  @discardableResult
  func write(_ path: String, _ text: String) throws -> URL {
    try write(path, Data(text.utf8))
  }
}
