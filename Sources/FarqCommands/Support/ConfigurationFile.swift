import FarqCore
import Foundation

/// `--config FILE`: a JSON object of options by their long names. What the command line says itself wins.
enum ConfigurationFile {
  /// The arguments with those of the file put in after the sub-command.
  ///
  /// - Throws: ``FarqError`` where the file is missing or holds something that is no option.
  static func expand(_ arguments: [String]) throws -> [String] {
    guard let command = arguments.first, !command.hasPrefix("-"), let place = arguments.firstIndex(where: isConfig)
    else {
      return arguments
    }
    var rest = Array(arguments.dropFirst())
    let file: String
    if arguments[place].hasPrefix("--config=") {
      file = String(arguments[place].dropFirst("--config=".count))
      rest.remove(at: place - 1)
    } else {
      guard place + 1 < arguments.count else {
        throw FarqError(.usage, "--config needs a file: --config settings.json")
      }
      file = arguments[place + 1]
      rest.removeSubrange((place - 1)...place)
    }
    return try [command] + words(of: URL(fileURLWithPath: file)) + rest
  }

  /// The options that a file holds, as words of the command line.
  static func words(of file: URL) throws -> [String] {
    try JSONValue.object(in: file).sorted { $0.key < $1.key }.flatMap { try words($0.key, $0.value, file.path) }
  }

  private static func isConfig(_ argument: String) -> Bool {
    argument == "--config" || argument.hasPrefix("--config=")
  }

  private static func words(_ key: String, _ value: JSONValue, _ file: String) throws -> [String] {
    let option = "--" + key.split(separator: "_").joined(separator: "-")
    switch value {
    case .null, .bool(false): return []
    case .bool(true): return [option]
    case .string(let text): return [option, text]
    case .integer(let number): return [option, String(number)]
    case .number(let number): return [option, String(number)]
    case .array(let values):
      let parts = values.compactMap { $0.string ?? $0.number.map { $0 == $0.rounded() ? String(Int($0)) : String($0) } }
      guard parts.count == values.count else {
        throw FarqError(.badData, "\(file): \(key) holds more than a list of values")
      }
      return [option, parts.joined(separator: ",")]
    case .object: throw FarqError(.badData, "\(file): \(key) is an object: give options by their long names")
    }
  }
}
