import FarqCore
package import Foundation
public import Logging

/// Writes logs to standard error, a line an event: JSON for machines, or words for people.
public struct LogLines: LogHandler {
  /// How a line is written.
  public enum Format: String, Sendable, CaseIterable {
    /// `2026-01-31T12:00:00Z info request method=POST …`
    case text
    /// `{"time": …, "level": …, "message": …, …}`
    case json
  }

  /// Events below it are left out.
  public var logLevel = Logger.Level.info
  /// What stands in every line.
  public var metadata: Logger.Metadata = [:]
  private let format: Format

  /// Makes a handler.
  public init(_ format: Format) { self.format = format }

  /// One entry of the metadata.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one line.
  public func log(event: LogEvent) {
    let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
    let line = Self.line(format, Date(), event.level, event.message.description, metadata)
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// The line of an event.
  package static func line(
    _ format: Format, _ time: Date, _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata
  ) -> String {
    let stamp = time.formatted(.iso8601)
    switch format {
    case .text:
      let entries = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(oneWord($0.value.description))" }
      return "\(stamp) \(level.rawValue) \(message)\(entries.joined())"
    case .json:
      var object: [String: JSONValue] = [
        "time": .string(stamp), "level": .string(level.rawValue), "message": .string(message),
      ]
      for (key, value) in metadata { object[key] = json(value) }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
  }

  /// Numbers stay numbers.
  private static func json(_ value: Logger.MetadataValue) -> JSONValue {
    switch value {
    case .stringConvertible(let number as Int): .integer(number)
    case .stringConvertible(let number as Double): .number(number)
    default: .string(value.description)
    }
  }

  /// Quoted where it has blanks, and never more than one line.
  private static func oneWord(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0.value != 0x7F }
    return isPlain && !text.isEmpty ? text : text.debugDescription
  }
}
