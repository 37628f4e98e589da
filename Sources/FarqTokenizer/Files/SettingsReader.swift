import FarqCore
import Foundation

/// Reads typed values from a settings file, with errors that name file and key.
struct SettingsReader {
  let settings: [String: Any]
  let file: URL

  /// A switch; nil where the key is missing or null.
  func flag(_ key: String) throws -> Bool? {
    guard let value = settings[key], !(value is NSNull) else { return nil }
    guard let flag = value as? Bool else { throw wrong(key, "true or false") }
    return flag
  }

  /// A text; nil where the key is missing or null.
  func text(_ key: String) throws -> String? {
    guard let value = settings[key], !(value is NSNull) else { return nil }
    guard let text = value as? String else { throw wrong(key, "a text") }
    return text
  }

  /// A special token, written as a text or as an object with `content`.
  func special(_ key: String) throws -> String? {
    guard let value = settings[key], !(value is NSNull) else { return nil }
    return try content(value, key)
  }

  /// A list of tokens; nil where the key is missing or null.
  func strings(_ key: String) throws -> [String]? {
    guard let value = settings[key], !(value is NSNull) else { return nil }
    guard let list = value as? [Any] else { throw wrong(key, "a list of tokens") }
    return try list.map { try content($0, key) }
  }

  /// A whole number above 0 that fits, or nil (transformers writes 1e30 for "no limit").
  func length(_ key: String) -> Int? {
    guard let value = settings[key] as? Double, value > 0, value < 1e9 else { return nil }
    return Int(value)
  }

  /// The tokens of `added_tokens_decoder`, by id.
  func addedTokens() throws -> [AddedToken] {
    guard let value = settings["added_tokens_decoder"], !(value is NSNull) else { return [] }
    guard let table = value as? [String: Any] else { throw wrong("added_tokens_decoder", "an object") }
    return try table.map { key, value in
      guard let id = Int32(key), id >= 0, let entry = value as? [String: Any] else {
        throw wrong("added_tokens_decoder.\(key)", "a token under its id")
      }
      return try SettingsReader(settings: entry, file: file).addedToken(id: id)
    }.sorted { ($0.id ?? 0) < ($1.id ?? 0) }
  }

  /// This object read as one added token.
  func addedToken(id: Int32) throws -> AddedToken {
    guard let content = try text("content") else { throw wrong("content", "the token's text") }
    let isSpecial = try flag("special") ?? false
    return AddedToken(
      content, id: id, isSingleWord: try flag("single_word") ?? false, stripsLeft: try flag("lstrip") ?? false,
      stripsRight: try flag("rstrip") ?? false, isNormalized: try flag("normalized"), isSpecial: isSpecial)
  }

  /// The error for a value of the wrong kind.
  func wrong(_ key: String, _ wanted: String) -> FarqError {
    FarqError(.badData, "\(file.path): \(key) is not \(wanted); get the file anew")
  }

  private func content(_ value: Any, _ key: String) throws -> String {
    if let text = value as? String { return text }
    if let entry = value as? [String: Any], let text = entry["content"] as? String { return text }
    throw wrong(key, "a token")
  }
}
