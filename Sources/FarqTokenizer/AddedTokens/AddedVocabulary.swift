/// The special and added tokens of a tokenizer with their ids, and the matcher that finds them.
struct AddedVocabulary: Sendable {
  /// Every special or added token in the order in which `tokenizers` would add them, ids set.
  let tokens: [AddedToken]
  /// Finds those that are looked for in the text as it stands.
  let matcher: AddedTokenMatcher
  /// Finds those that are looked for in normalised text, themselves normalised.
  let normalizedMatcher: AddedTokenMatcher
  private let ids: [[UInt8]: Int32]
  private let contents: [Int32: String]

  init(vocabulary: Vocabulary, configuration: TokenizerConfiguration, isSlow: Bool) {
    var tokens: [AddedToken] = []
    var ids: [[UInt8]: Int32] = [:]
    var next = Int32(vocabulary.count)
    func add(_ token: AddedToken) {
      guard !token.content.isEmpty else { return }
      let id = ids[token.bytes] ?? vocabulary.id(of: token.content) ?? token.id ?? next
      ids[token.bytes] = id
      next = max(next, id + 1)
      var token = token
      token.id = id
      tokens.removeAll { $0.bytes == token.bytes }
      tokens.append(token)
    }
    configuration.addedTokens.forEach(add)
    for content in configuration.specialTokens
    where ids[Array(content.utf8)] == nil && vocabulary.id(of: content) != nil {
      add(AddedToken(content, isSpecial: true))
    }
    self.tokens = tokens
    self.ids = ids
    contents = Dictionary(tokens.map { ($0.id ?? 0, $0.content) }) { _, last in last }
    // The library looks for special tokens first; the slow tokenizer knows no normalised tokens.
    let ordered = tokens.filter(\.isSpecial) + tokens.filter { !$0.isSpecial }
    matcher = AddedTokenMatcher(
      ordered.filter { isSlow || !$0.isNormalized }.map { ($0.bytes, $0, $0.id ?? 0) })
    let normalizer = TextNormalizer(ScalarRules(configuration.normalizer))
    normalizedMatcher = AddedTokenMatcher(
      ordered.filter { !isSlow && $0.isNormalized }.map { token in
        (token.bytes.withUnsafeBufferPointer(normalizer.normalize), token, token.id ?? 0)
      })
  }

  /// One more than the highest id.
  var count: Int { Int((ids.values.max() ?? -1) + 1) }

  /// The id of exactly `token`, or nil.
  func id(of token: String) -> Int32? { ids[Array(token.utf8)] }

  /// The added token with this id, or nil.
  func token(of id: Int32) -> String? { contents[id] }
}
