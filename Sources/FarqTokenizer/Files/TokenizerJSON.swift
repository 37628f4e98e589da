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
    guard let model = root["model"], case .object(let entries)? = model["vocab"] else {
      throw FarqError(.badData, "\(file.path) has no model.vocab of tokens and ids; get the file anew")
    }
    guard (model["type"]?.text ?? "WordPiece") == "WordPiece" else {
      throw FarqError(.badData, "\(file.path) is not a WordPiece tokenizer; give a BERT checkpoint")
    }
    vocabulary = Vocabulary(
      entries: try entries.map { token, id in
        guard let id = id.integer, id >= 0, id <= Vocabulary.highestID else {
          throw FarqError(
            .badData, "\(file.path): token \(String(decoding: token, as: UTF8.self)) has no sound id; get the file anew"
          )
        }
        return (token, Int32(id))
      })
    let reader = SettingsReader(settings: model, file: file)
    try reader.text("unk_token").map { configuration.unknownToken = $0 }
    try reader.text("continuing_subword_prefix").map { configuration.continuingSubwordPrefix = $0 }
    configuration.maximumCharactersPerWord = reader.length("max_input_chars_per_word") ?? 100
    configuration.normalizer = try normalizer(root["normalizer"])
    configuration.addedTokens = try addedTokens(root["added_tokens"])
    if let processor = root["post_processor"] { applyPostProcessor(processor) }
    guard root["pre_tokenizer"]?["type"]?.text == "BertPreTokenizer" else {
      throw FarqError(.badData, "\(file.path) does not split words as BERT does; give a BERT checkpoint")
    }
  }

  private func normalizer(_ settings: JSONValue?) throws -> NormalizerOptions {
    guard let settings else { return .none }
    guard settings["type"]?.text == "BertNormalizer" else {
      throw FarqError(.badData, "\(file.path) has a normalizer that is not BERT's; give a BERT checkpoint")
    }
    let reader = SettingsReader(settings: settings, file: file)
    return NormalizerOptions(
      cleanText: try reader.flag("clean_text") ?? true,
      handlesChineseCharacters: try reader.flag("handle_chinese_chars") ?? true,
      stripsAccents: try reader.flag("strip_accents"), lowercase: try reader.flag("lowercase") ?? true)
  }

  private func addedTokens(_ value: JSONValue?) throws -> [AddedToken] {
    try (value?.elements ?? []).map { entry in
      guard let id = entry["id"]?.integer, id >= 0, id <= Vocabulary.highestID else {
        throw FarqError(.badData, "\(file.path): an added token has no id; get the file anew")
      }
      return try SettingsReader(settings: entry, file: file).addedToken(id: Int32(id))
    }
  }

  /// Takes the tokens round a text from `BertProcessing` (`cls`, `sep`) or the single template.
  private mutating func applyPostProcessor(_ settings: JSONValue) {
    if let token = settings["cls"]?.elements?.first?.text { configuration.classificationToken = token }
    if let token = settings["sep"]?.elements?.first?.text { configuration.separatorToken = token }
    let names = (settings["single"]?.elements ?? []).compactMap { $0["SpecialToken"]?["id"]?.text }
    if let first = names.first, let last = names.last, names.count == 2 {
      configuration.classificationToken = first
      configuration.separatorToken = last
    }
  }
}
