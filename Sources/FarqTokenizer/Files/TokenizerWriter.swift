import FarqCore
import Foundation

/// Writes a tokenizer's files as transformers does, so that it loads them and gives the same ids.
struct TokenizerWriter {
  let tokenizer: BERTTokenizer
  private var configuration: TokenizerConfiguration { tokenizer.configuration }

  init(_ tokenizer: BERTTokenizer) { self.tokenizer = tokenizer }

  /// Writes the four files; each is whole or not there.
  func write(to folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FarqError(.inputOutput, "cannot make \(folder.path): \(error.localizedDescription); check the path")
    }
    var lines: [UInt8] = []
    for id in 0..<Int32(tokenizer.vocabulary.count) {
      lines.append(contentsOf: tokenizer.vocabulary.tokenBytes(of: id))
      lines.append(UInt8(ascii: "\n"))
    }
    try AtomicFile.write(Data(lines), to: folder.appendingPathComponent("vocab.txt"))
    try write(tokenizerJSON, to: folder.appendingPathComponent("tokenizer.json"))
    try write(tokenizerConfiguration, to: folder.appendingPathComponent("tokenizer_config.json"))
    try write(.fields(specialTokens), to: folder.appendingPathComponent("special_tokens_map.json"))
  }

  private func write(_ value: JSONValue, to file: URL) throws {
    try AtomicFile.write(Data(JSONWriter.write(value)), to: file)
  }

  private var specialTokens: [(String, JSONValue)] {
    [
      ("cls_token", .text(configuration.classificationToken)), ("mask_token", .text(configuration.maskToken)),
      ("pad_token", .text(configuration.padToken)), ("sep_token", .text(configuration.separatorToken)),
      ("unk_token", .text(configuration.unknownToken)),
    ]
  }

  private var tokenizerConfiguration: JSONValue {
    let normalizer = configuration.normalizer
    var fields: [(String, JSONValue)] = [
      ("added_tokens_decoder", addedTokensDecoder), ("clean_up_tokenization_spaces", .bool(false)),
      ("do_basic_tokenize", .bool(true)), ("do_lower_case", .bool(normalizer.lowercase)),
      ("model_max_length", .integer(configuration.modelMaximumLength ?? 512)),
      ("strip_accents", normalizer.stripsAccents.map(JSONValue.bool) ?? .null),
      ("tokenize_chinese_chars", .bool(normalizer.handlesChineseCharacters)),
      ("tokenizer_class", .text("BertTokenizer")),
    ]
    if !configuration.neverSplit.isEmpty {
      fields.append(("never_split", .array(configuration.neverSplit.map(JSONValue.text))))
    }
    return .fields((fields + specialTokens).sorted { $0.0 < $1.0 })
  }

  private var addedTokensDecoder: JSONValue {
    .fields(
      tokenizer.addedVocabulary.tokens.sorted { ($0.id ?? 0) < ($1.id ?? 0) }.map { token in
        (String(token.id ?? 0), .fields(attributes(of: token)))
      })
  }

  private func attributes(of token: AddedToken) -> [(String, JSONValue)] {
    [
      ("content", .text(token.content)), ("lstrip", .bool(token.stripsLeft)),
      ("normalized", .bool(token.isNormalized)), ("rstrip", .bool(token.stripsRight)),
      ("single_word", .bool(token.isSingleWord)), ("special", .bool(token.isSpecial)),
    ]
  }

  private var tokenizerJSON: JSONValue {
    let added = tokenizer.addedVocabulary.tokens.sorted { ($0.id ?? 0) < ($1.id ?? 0) }
    return .fields([
      ("version", .text("1.0")), ("truncation", .null), ("padding", .null),
      (
        "added_tokens",
        .array(added.map { .fields([("id", .integer(Int($0.id ?? 0)))] + attributes(of: $0)) })
      ),
      ("normalizer", normalizer), ("pre_tokenizer", .fields([("type", .text("BertPreTokenizer"))])),
      ("post_processor", postProcessor),
      (
        "decoder",
        .fields([
          ("type", .text("WordPiece")), ("prefix", .text(configuration.continuingSubwordPrefix)),
          ("cleanup", .bool(true)),
        ])
      ),
      ("model", model),
    ])
  }

  private var normalizer: JSONValue {
    let options = configuration.normalizer
    return .fields([
      ("type", .text("BertNormalizer")), ("clean_text", .bool(options.cleanText)),
      ("handle_chinese_chars", .bool(options.handlesChineseCharacters)),
      ("strip_accents", options.stripsAccents.map(JSONValue.bool) ?? .null), ("lowercase", .bool(options.lowercase)),
    ])
  }

  private var postProcessor: JSONValue {
    func token(_ content: String, type: Int) -> JSONValue {
      .fields([("SpecialToken", .fields([("id", .text(content)), ("type_id", .integer(type))]))])
    }
    func sequence(_ name: String, type: Int) -> JSONValue {
      .fields([("Sequence", .fields([("id", .text(name)), ("type_id", .integer(type))]))])
    }
    func special(_ content: String, _ id: Int32) -> (String, JSONValue) {
      (
        content,
        .fields([
          ("id", .text(content)), ("ids", .array([.integer(Int(id))])), ("tokens", .array([.text(content)])),
        ])
      )
    }
    let (first, last) = (configuration.classificationToken, configuration.separatorToken)
    let single = [token(first, type: 0), sequence("A", type: 0), token(last, type: 0)]
    return .fields([
      ("type", .text("TemplateProcessing")), ("single", .array(single)),
      ("pair", .array(single + [sequence("B", type: 1), token(last, type: 1)])),
      (
        "special_tokens",
        .fields([special(first, tokenizer.classificationID), special(last, tokenizer.separatorID)])
      ),
    ])
  }

  private var model: JSONValue {
    let vocabulary = tokenizer.vocabulary
    let entries = (0..<Int32(vocabulary.count)).compactMap { id in
      let token = Array(vocabulary.tokenBytes(of: id))
      return vocabulary.id(of: token) == id ? (key: token, value: JSONValue.integer(Int(id))) : nil
    }
    return .fields([
      ("type", .text("WordPiece")), ("unk_token", .text(configuration.unknownToken)),
      ("continuing_subword_prefix", .text(configuration.continuingSubwordPrefix)),
      ("max_input_chars_per_word", .integer(configuration.maximumCharactersPerWord)), ("vocab", .object(entries)),
    ])
  }
}
