import FarqCore
import Foundation

/// Reads `tokenizer.json`, the file of the `tokenizers` library, where it describes a BERT tokenizer.
struct TokenizerJSON {
  let vocabulary: Vocabulary
  private(set) var configuration = TokenizerConfiguration()
  private let file: URL

  init(_ file: URL) throws {
    self.file = file
    let root = try JSONFile.object(file)
    guard let model = root["model"] as? [String: Any], let ids = model["vocab"] as? [String: Int] else {
      throw FarqError(.badData, "\(file.path) has no model.vocab of tokens and ids; get the file anew")
    }
    guard (model["type"] as? String ?? "WordPiece") == "WordPiece" else {
      throw FarqError(.badData, "\(file.path) is not a WordPiece tokenizer; give a BERT checkpoint")
    }
    vocabulary = try Vocabulary(ids)
    let reader = SettingsReader(settings: model, file: file)
    try reader.text("unk_token").map { configuration.unknownToken = $0 }
    try reader.text("continuing_subword_prefix").map { configuration.continuingSubwordPrefix = $0 }
    configuration.maximumCharactersPerWord = reader.length("max_input_chars_per_word") ?? 100
    configuration.normalizer = try normalizer(root["normalizer"])
    configuration.addedTokens = try addedTokens(root["added_tokens"])
    applyPostProcessor(root["post_processor"] as? [String: Any] ?? [:])
    guard (root["pre_tokenizer"] as? [String: Any])?["type"] as? String == "BertPreTokenizer" else {
      throw FarqError(.badData, "\(file.path) does not split words as BERT does; give a BERT checkpoint")
    }
  }

  private func normalizer(_ value: Any?) throws -> NormalizerOptions {
    guard let value, !(value is NSNull) else { return .none }
    guard let settings = value as? [String: Any], settings["type"] as? String == "BertNormalizer" else {
      throw FarqError(.badData, "\(file.path) has a normalizer that is not BERT's; give a BERT checkpoint")
    }
    let reader = SettingsReader(settings: settings, file: file)
    return NormalizerOptions(
      cleanText: try reader.flag("clean_text") ?? true,
      handlesChineseCharacters: try reader.flag("handle_chinese_chars") ?? true,
      stripsAccents: try reader.flag("strip_accents"), lowercase: try reader.flag("lowercase") ?? true)
  }

  private func addedTokens(_ value: Any?) throws -> [AddedToken] {
    try (value as? [[String: Any]] ?? []).map { entry in
      guard let id = entry["id"] as? Int, id >= 0, id < Int32.max else {
        throw FarqError(.badData, "\(file.path): an added token has no id; get the file anew")
      }
      return try SettingsReader(settings: entry, file: file).addedToken(id: Int32(id))
    }
  }

  /// Takes the tokens round a text from `BertProcessing` (`cls`, `sep`) or the single template.
  private mutating func applyPostProcessor(_ settings: [String: Any]) {
    if let pair = settings["cls"] as? [Any], let token = pair.first as? String {
      configuration.classificationToken = token
    }
    if let pair = settings["sep"] as? [Any], let token = pair.first as? String { configuration.separatorToken = token }
    let names = (settings["single"] as? [[String: Any]] ?? []).compactMap {
      ($0["SpecialToken"] as? [String: Any])?["id"] as? String
    }
    if let first = names.first, let last = names.last, names.count == 2 {
      configuration.classificationToken = first
      configuration.separatorToken = last
    }
  }
}
