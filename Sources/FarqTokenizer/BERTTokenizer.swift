import FarqCore
public import Foundation

/// BERT's tokenizer: cleaning, splitting and WordPiece, from text to ids, equal to the `tokenizers` library 0.22.2.
///
/// A value can be used from several threads at once; each call borrows working memory of its own.
public struct BERTTokenizer: Sendable {
  /// The vocabulary, without tokens added beyond it.
  public let vocabulary: Vocabulary
  /// Everything besides the vocabulary.
  public let configuration: TokenizerConfiguration
  /// Whose ids these are.
  public let compatibility: TokenizerCompatibility
  /// The id of `[PAD]`; 0 where the vocabulary has none.
  public let padID: Int32
  /// The id of `[UNK]`.
  public let unknownID: Int32
  /// The id of `[CLS]`.
  public let classificationID: Int32
  /// The id of `[SEP]`.
  public let separatorID: Int32
  /// The id of `[MASK]`, or nil where the vocabulary has none.
  public let maskID: Int32?

  let addedVocabulary: AddedVocabulary
  let pool: LendingPool<PooledEncoder>
  private let tracking: TrackingEncoder

  /// Reads a checkpoint's tokenizer: `tokenizer.json` where there is one, else `vocab.txt`, with what
  /// `tokenizer_config.json` and `special_tokens_map.json` say.
  ///
  /// - Throws: ``FarqError`` that names the file: `missingInput` where there is neither vocabulary,
  ///   `badData` where a file is broken or not BERT's.
  public init(folder: URL, compatibility: TokenizerCompatibility = .checkpoint) throws {
    let files = try TokenizerFolder(folder)
    try self.init(vocabulary: files.vocabulary, configuration: files.configuration, compatibility: compatibility)
  }

  /// Makes a tokenizer from its parts.
  ///
  /// - Throws: ``FarqError`` `badData` where the vocabulary lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(
    vocabulary: Vocabulary, configuration: TokenizerConfiguration, compatibility: TokenizerCompatibility = .checkpoint
  ) throws {
    self.vocabulary = vocabulary
    self.configuration = configuration
    self.compatibility = compatibility
    let isSlow = compatibility == .checkpoint && !configuration.neverSplit.isEmpty
    let added = AddedVocabulary(vocabulary: vocabulary, configuration: configuration, isSlow: isSlow)
    addedVocabulary = added
    func required(_ token: String) throws -> Int32 {
      if let id = added.id(of: token) ?? vocabulary.id(of: token) { return id }
      throw FarqError(.badData, "the vocabulary has no \(token); use the vocab.txt that belongs to the model")
    }
    unknownID = try required(configuration.unknownToken)
    classificationID = try required(configuration.classificationToken)
    separatorID = try required(configuration.separatorToken)
    padID = (try? required(configuration.padToken)) ?? 0
    maskID = try? required(configuration.maskToken)
    let model = WordPieceModel(
      vocabulary: vocabulary, unknownID: unknownID, continuingPrefix: configuration.continuingSubwordPrefix,
      maximumCharacters: configuration.maximumCharactersPerWord)
    let rules = Self.rules(configuration, isSlow: isSlow)
    // Where tokens are looked for in normalised text, the encoders get such text and only split it.
    let splitsOnly = !added.normalizedMatcher.isEmpty
    let table = ActionTable(splitsOnly ? ScalarRules(.none) : rules)
    let slow = isSlow ? SlowChunk(configuration) : nil
    pool = LendingPool { PooledEncoder(table: table, model: model, slow: slow) }
    tracking = TrackingEncoder(model: model, normalizer: TextNormalizer(rules), added: added, slow: slow)
  }

  /// What happens to scalars before words are split, up to the word or, in the slow way, to the chunk.
  private static func rules(_ configuration: TokenizerConfiguration, isSlow: Bool) -> ScalarRules {
    guard isSlow else { return ScalarRules(configuration.normalizer) }
    let options = NormalizerOptions(
      handlesChineseCharacters: configuration.normalizer.handlesChineseCharacters, stripsAccents: false,
      lowercase: configuration.normalizer.lowercase)
    return ScalarRules(options, properties: .python, splitsPunctuation: false)
  }

  /// The number of ids: the vocabulary's and those of tokens added beyond it.
  public var count: Int { max(vocabulary.count, addedVocabulary.count) }

  /// The ids of `text` with `[CLS]` before and `[SEP]` after.
  ///
  /// - Parameters:
  ///   - text: any text.
  ///   - maximumLength: cut at the end to so many ids, the two special ones counted; nil cuts nothing.
  public func encode(_ text: String, maximumLength: Int? = nil) -> [Int32] {
    var text = text
    return text.withUTF8 { encode(utf8: $0, maximumLength: maximumLength) }
  }

  /// As ``encode(_:maximumLength:)`` for UTF-8 bytes; broken ones are read as U+FFFD, as Python's
  /// `errors="replace"` does.
  public func encode(utf8 text: UnsafeBufferPointer<UInt8>, maximumLength: Int? = nil) -> [Int32] {
    let room = maximumLength.map { max($0 - 2, 0) } ?? Int.max
    var result: [Int32] = []
    pool.lend { encoder in
      encode(text, limit: room, with: encoder)
      let ids = encoder.ids.prefix(room)
      result.reserveCapacity(ids.count + 2)
      result.append(classificationID)
      result.append(contentsOf: ids)
      result.append(separatorID)
    }
    if let maximumLength, result.count > maximumLength { result.removeLast(result.count - max(maximumLength, 0)) }
    return result
  }

  /// The ids of `text` alone: no special tokens, nothing cut.
  public func ids(of text: String) -> [Int32] {
    var text = text
    return text.withUTF8 { ids(ofUTF8: $0) }
  }

  /// The ids of UTF-8 bytes alone: no special tokens, nothing cut.
  public func ids(ofUTF8 text: UnsafeBufferPointer<UInt8>) -> [Int32] {
    pool.lend { encoder in
      encode(text, limit: Int.max, with: encoder)
      return Array(encoder.ids)
    }
  }

  /// As ``encode(_:maximumLength:)``, each id with the bytes of `text` that it stands for. Slower, for showing.
  ///
  /// A range runs from the first to the last byte that went into the piece: characters that cleaning removed in
  /// between are inside, white space around is not.
  public func encodeWithOffsets(_ text: String, maximumLength: Int? = nil) -> [EncodedToken] {
    var text = text
    let tokens = text.withUTF8(tracking.encode)
    let room = maximumLength.map { max($0 - 2, 0) } ?? Int.max
    let whole =
      [EncodedToken(id: classificationID, range: 0..<0)] + tokens.prefix(room)
      + [EncodedToken(id: separatorID, range: 0..<0)]
    return Array(whole.prefix(max(maximumLength ?? Int.max, 0)))
  }

  /// The token of each id; empty for an id that there is not.
  public func tokens(for ids: [Int32]) -> [String] {
    ids.map { addedVocabulary.token(of: $0) ?? vocabulary.token(of: $0) }
  }

  /// Writes `vocab.txt`, `tokenizer.json`, `tokenizer_config.json` and `special_tokens_map.json` into `folder`, made if
  /// need be; transformers loads them and gives the same ids.
  ///
  /// - Throws: ``FarqError`` `inputOutput`.
  public func save(to folder: URL) throws {
    try TokenizerWriter(self).write(to: folder)
  }

  /// The id of exactly `token`, or nil.
  public func id(of token: String) -> Int32? {
    addedVocabulary.id(of: token) ?? vocabulary.id(of: token)
  }

  /// Leaves the ids of `text` in `encoder`, stopping early once there are `limit`.
  func encode(_ text: UnsafeBufferPointer<UInt8>, limit: Int, with encoder: PooledEncoder) {
    encoder.reset(limit: limit)
    for segment in addedVocabulary.matcher.segments(of: text) {
      if let id = segment.id {
        encoder.append(id)
      } else {
        encodePlain(UnsafeBufferPointer(rebasing: text[segment.range]), with: encoder)
      }
      if encoder.isFull { return }
    }
  }

  /// Goes on with text in which no token stands as it is.
  private func encodePlain(_ text: UnsafeBufferPointer<UInt8>, with encoder: PooledEncoder) {
    guard !addedVocabulary.normalizedMatcher.isEmpty else { return encoder.encode(text) }
    tracking.normalizer.normalize(text).withUnsafeBufferPointer { text in
      for segment in addedVocabulary.normalizedMatcher.segments(of: text) {
        if let id = segment.id {
          encoder.append(id)
        } else {
          encoder.encode(UnsafeBufferPointer(rebasing: text[segment.range]))
        }
      }
    }
  }
}
