import FarqCore
import Foundation

/// Reads a tokenizer's files from a checkpoint folder.
struct TokenizerFolder {
  let vocabulary: Vocabulary
  private(set) var configuration = TokenizerConfiguration()

  init(_ folder: URL) throws {
    let jsonFile = folder.appendingPathComponent("tokenizer.json")
    let textFile = folder.appendingPathComponent("vocab.txt")
    if FileManager.default.fileExists(atPath: jsonFile.path) {
      let json = try TokenizerJSON(jsonFile)
      vocabulary = json.vocabulary
      configuration = json.configuration
    } else if FileManager.default.fileExists(atPath: textFile.path) {
      vocabulary = try Vocabulary(file: textFile)
    } else {
      guard FileManager.default.fileExists(atPath: folder.path) else {
        throw FarqError(
          .missingInput, "no checkpoint folder at \(folder.path): give a folder with config.json and model.safetensors")
      }
      throw FarqError(
        .missingInput, "no tokenizer.json and no vocab.txt in \(folder.path); give a checkpoint folder with one")
    }
    for name in ["special_tokens_map.json", "tokenizer_config.json"] {
      let file = folder.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      try apply(JSONFile.object(file), of: file)
    }
  }

  /// Takes over what a settings file says.
  private mutating func apply(_ settings: JSONValue, of file: URL) throws {
    let reader = SettingsReader(settings: settings, file: file)
    try reader.special("unk_token").map { configuration.unknownToken = $0 }
    try reader.special("sep_token").map { configuration.separatorToken = $0 }
    try reader.special("pad_token").map { configuration.padToken = $0 }
    try reader.special("cls_token").map { configuration.classificationToken = $0 }
    try reader.special("mask_token").map { configuration.maskToken = $0 }
    try reader.flag("do_lower_case").map { configuration.normalizer.lowercase = $0 }
    try reader.flag("tokenize_chinese_chars").map { configuration.normalizer.handlesChineseCharacters = $0 }
    if let flag = try reader.flag("strip_accents") { configuration.normalizer.stripsAccents = flag }
    if let tokens = try reader.strings("never_split") { configuration.neverSplit = tokens }
    configuration.modelMaximumLength = reader.length("model_max_length") ?? configuration.modelMaximumLength
    for token in try reader.addedTokens() {
      configuration.addedTokens.removeAll { $0.bytes == token.bytes }
      configuration.addedTokens.append(token)
    }
    for content in try reader.strings("additional_special_tokens") ?? []
    where !configuration.addedTokens.contains(where: { $0.bytes == Array(content.utf8) }) {
      configuration.addedTokens.append(AddedToken(content, isSpecial: true))
    }
  }
}
