/// One run of ``WordPieceTrainer``.
struct WordPieceTraining {
  private let settings: WordPieceTrainer
  private var tokens: [[UInt8]] = []
  private var ids: [[UInt8]: Int32] = [:]
  private var words: [TrainingWord] = []
  private var pairs = PairTable()
  private var queue = MergeQueue()
  private let prefix: [UInt8]

  init(settings: WordPieceTrainer, words: [(word: [UInt8], count: Int)]) {
    self.settings = settings
    prefix = Array(settings.continuingSubwordPrefix.utf8)
    for token in settings.specialTokens { id(of: Array(token.utf8)) }
    let texts = words.map { (scalars: Array(String(decoding: $0.word, as: UTF8.self).unicodeScalars), count: $0.count) }
    addAlphabet(texts)
    addWords(texts)
  }

  /// Merges until the vocabulary is large enough, and returns its tokens in the order of their ids.
  mutating func run() -> [[UInt8]] {
    for (index, word) in words.enumerated() {
      for place in word.pieces.indices.dropLast() {
        pairs.add(Pair(word.pieces[place], word.pieces[place + 1]), word.count, word: Int32(index))
      }
    }
    pairs.drain(into: &queue)
    while tokens.count < settings.vocabularySize, var top = queue.pop() {
      let count = pairs.count(of: top.pair)
      if top.count != count {
        top.count = count
        queue.push(top)
        continue
      }
      guard count >= max(1, settings.minimumFrequency) else { break }
      merge(top)
    }
    return tokens
  }

  private mutating func merge(_ top: Merge) {
    var right = tokens[Int(top.pair.second)][...]
    if right.starts(with: prefix) { right = right.dropFirst(prefix.count) }
    let merged = id(of: tokens[Int(top.pair.first)] + right)
    for index in Set(top.words).sorted() {
      let count = words[Int(index)].count
      words[Int(index)].merge(top.pair, into: merged) { pair, change in
        if change > 0 {
          pairs.add(pair, count, word: index)
        } else {
          pairs.subtract(pair, count)
        }
      }
    }
    pairs.drain(into: &queue)
  }

  /// The id of `token`, given the next free one if it is new.
  @discardableResult
  private mutating func id(of token: [UInt8]) -> Int32 {
    if let id = ids[token] { return id }
    let id = Int32(tokens.count)
    tokens.append(token)
    ids[token] = id
    return id
  }

  private mutating func addAlphabet(_ texts: [(scalars: [Unicode.Scalar], count: Int)]) {
    var counts: [Unicode.Scalar: Int] = [:]
    for text in texts {
      for scalar in text.scalars { counts[scalar, default: 0] += text.count }
    }
    for scalar in settings.initialAlphabet { counts[scalar] = Int.max }
    var kept = counts.sorted { ($0.value, $1.key.value) < ($1.value, $0.key.value) }
    if let limit = settings.limitAlphabet, kept.count > limit { kept.removeFirst(kept.count - max(limit, 0)) }
    for scalar in kept.map(\.key).sorted() { id(of: Array(String(scalar).utf8)) }
  }

  private mutating func addWords(_ texts: [(scalars: [Unicode.Scalar], count: Int)]) {
    let known = Dictionary(
      uniqueKeysWithValues: Set(texts.flatMap(\.scalars)).compactMap { scalar in
        ids[Array(String(scalar).utf8)].map { (scalar, $0) }
      })
    let continuing = Set(texts.flatMap { $0.scalars.dropFirst() }).filter { known[$0] != nil }
    let order = settings.continuationOrder?.filter(continuing.contains) ?? []
    var continued: [Unicode.Scalar: Int32] = [:]
    for scalar in order + continuing.subtracting(order).sorted() {
      continued[scalar] = id(of: prefix + Array(String(scalar).utf8))
    }
    words = texts.map { text in
      let pieces = text.scalars.enumerated().compactMap { index, scalar in
        index == 0 ? known[scalar] : continued[scalar]
      }
      return TrainingWord(pieces: pieces, count: text.count)
    }
  }
}
