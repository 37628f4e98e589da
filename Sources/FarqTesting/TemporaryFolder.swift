public import Foundation

/// A folder of a test's own that goes when the test is done.
public final class TemporaryFolder: Sendable {
  /// Where the folder lies.
  public let url: URL

  /// Makes the folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("farq-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The file `name` in the folder.
  public func file(_ name: String) -> URL {
    url.appendingPathComponent(name)
  }
}
