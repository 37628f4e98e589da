import FarqCore
import Foundation

/// Reads typed values from a settings file, with errors that name file and key.
struct SettingsReader {
  let settings: JSONValue
  let file: URL

  /// A switch; nil where the key is missing or null.
  func flag(_ key: String) throws -> Bool? {
    guard let value = settings[key] else { return nil }
    guard case .bool(let flag) = value else { throw wrong(key, "true or false") }
    return flag
  }

  /// A text; nil where the key is missing or null.
  func text(_ key: String) throws -> String? {
    guard let value = settings[key] else { return nil }
    guard let text = value.text else { throw wrong(key, "a text") }
    return text
  }

  /// A special token, written as a text or as an object with `content`.
  func special(_ key: String) throws -> String? {
    guard let value = settings[key] else { return nil }
    return try content(value, key)
  }

  /// A list of tokens; nil where the key is missing or null.
  func strings(_ key: String) throws -> [String]? {
    guard let value = settings[key] else { return nil }
    guard let list = value.elements else { throw wrong(key, "a list of tokens") }
    return try list.map { try content($0, key) }
  }

  /// A whole number above 0 that fits, or nil (transformers writes 1e30 for "no limit").
  func length(_ key: String) -> Int? {
    guard let value = settings[key]?.integer, value > 0, value < 1_000_000_000 else { return nil }
    return value
  }

  /// The tokens of `added_tokens_decoder`, by id.
  func addedTokens() throws -> [AddedToken] {
    guard let value = settings["added_tokens_decoder"] else { return [] }
    guard case .object(let fields) = value else { throw wrong("added_tokens_decoder", "an object") }
    return try fields.map { key, entry in
      let key = String(decoding: key, as: UTF8.self)
      guard let id = Int32(key), id >= 0, case .object = entry else {
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

  private func content(_ value: JSONValue, _ key: String) throws -> String {
    guard let text = value.text ?? value["content"]?.text else { throw wrong(key, "a token") }
    return text
  }
}
