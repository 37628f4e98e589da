/// Text to ids with the bytes each stands for: the plain, slower way beside ``WordSplitter``, with equal ids.
struct TrackingEncoder: Sendable {
  let model: WordPieceModel
  let normalizer: TextNormalizer
  let added: AddedVocabulary
  /// Splits further as the slow tokenizer does; nil follows the `tokenizers` library.
  let slow: SlowChunk?

  /// The ids of `text`, no special tokens put around them.
  func encode(_ text: UnsafeBufferPointer<UInt8>) -> [EncodedToken] {
    var tokens: [EncodedToken] = []
    for segment in added.matcher.segments(of: text) {
      if let id = segment.id {
        tokens.append(EncodedToken(id: id, range: segment.range))
      } else {
        let part = UnsafeBufferPointer(rebasing: text[segment.range])
        encode(normalizer.scalars(of: part, from: segment.range.lowerBound)[...], into: &tokens)
      }
    }
    return tokens
  }

  /// Cuts normalised text at the tokens that are looked for in it.
  private func encode(_ scalars: ArraySlice<TrackedScalar>, into tokens: inout [EncodedToken]) {
    guard !added.normalizedMatcher.isEmpty else { return split(scalars, into: &tokens) }
    var places: [Int] = []
    for index in scalars.indices {
      places += Array(repeating: index, count: TrackedScalar.bytes([scalars[index]]).count)
    }
    TrackedScalar.bytes(scalars).withUnsafeBufferPointer { text in
      for segment in added.normalizedMatcher.segments(of: text) where !segment.range.isEmpty {
        let part = scalars[places[segment.range.lowerBound]...places[segment.range.upperBound - 1]]
        if let id = segment.id {
          tokens.append(EncodedToken(id: id, range: Self.range(part)))
        } else {
          split(part, into: &tokens)
        }
      }
    }
  }

  /// Splits normalised text into words.
  private func split(_ scalars: ArraySlice<TrackedScalar>, into tokens: inout [EncodedToken]) {
    var word: [TrackedScalar] = []
    for scalar in scalars {
      let action = normalizer.rules.splitAction(scalar.scalar)
      if action == ScalarAction.word {
        word.append(scalar)
        continue
      }
      take(word, into: &tokens)
      word.removeAll(keepingCapacity: true)
      if action == ScalarAction.isolated { take([scalar], into: &tokens) }
    }
    take(word, into: &tokens)
  }

  private func take(_ word: [TrackedScalar], into tokens: inout [EncodedToken]) {
    guard !word.isEmpty else { return }
    guard let slow else { return append(word, into: &tokens) }
    for word in slow.words(word) { append(word, into: &tokens) }
  }

  /// Appends the pieces of one word; an unknown word is one piece.
  private func append(_ word: [TrackedScalar], into tokens: inout [EncodedToken]) {
    var ids = GrowingBuffer<Int32>(capacity: 16)
    defer { ids.free() }
    var ends: [Int] = []
    if let slow {
      slow.append(word, model, into: &ids) { ends.append($0) }
    } else if word.count > model.maximumCharacters {
      ids.append(model.unknownID)
    } else {
      TrackedScalar.bytes(word).withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        model.split(start, bytes.count, into: &ids) { ends.append($0) }
      }
    }
    // An unknown word may have reported pieces before the one that could not be found.
    guard ends.count == ids.count, ends.last == TrackedScalar.bytes(word).count else {
      return tokens.append(EncodedToken(id: ids.start[0], range: Self.range(word[...])))
    }
    var first = 0
    var bytes = 0
    for (index, end) in ends.enumerated() {
      var last = first
      while last < word.count, bytes < end {
        bytes += UTF8Decoder.width(word[last].scalar)
        last += 1
      }
      tokens.append(EncodedToken(id: ids.start[index], range: Self.range(word[first..<last])))
      first = last
    }
  }

  /// From the first byte to the last; marks put in order may stand before their letters.
  private static func range(_ scalars: ArraySlice<TrackedScalar>) -> Range<Int> {
    let start = scalars.map(\.range.lowerBound).min() ?? 0
    return start..<(scalars.map(\.range.upperBound).max() ?? start)
  }
}
