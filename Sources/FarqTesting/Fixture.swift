public import Foundation

/// Finds what a test reads: the fixtures beside it, and real text that a clone may lack.
public enum Fixture {
  /// The file `name` in the folder `Fixtures` beside the test file that asks.
  public static func url(_ name: String, testFile: String = #filePath) -> URL {
    URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)")
  }

  /// The bytes of the fixture `name`.
  public static func data(_ name: String, testFile: String = #filePath) throws -> Data {
    try Data(contentsOf: url(name, testFile: testFile))
  }

  /// The fixture `name`, decoded from JSON.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from name: String, testFile: String = #filePath
  ) throws -> Value {
    try JSONDecoder().decode(type, from: data(name, testFile: testFile))
  }

  /// A file of real SANAD text, or nil where this machine has none: `$FARQ_TEST_DATA`, else `../shared/data`
  /// beside the checkout. Tests that need it say `.enabled(if: Fixture.realText("…") != nil, "…")`.
  public static func realText(_ name: String) -> URL? {
    let folder =
      ProcessInfo.processInfo.environment["FARQ_TEST_DATA"].map { URL(fileURLWithPath: $0) } ?? beside("shared/data")
    return existing(folder.appendingPathComponent(name))
  }

  /// An input as people's tools write them, of `../shared/cases` beside the checkout, or nil where there is none.
  public static func strangersCase(_ name: String) -> URL? {
    existing(beside("shared/cases").appendingPathComponent(name))
  }

  /// A place beside the checkout.
  private static func beside(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(path)
  }

  private static func existing(_ file: URL) -> URL? {
    FileManager.default.fileExists(atPath: file.path) ? file : nil
  }
}
