public import FarqCore
public import FarqTokenizer

/// Which tokens are hidden and what stands in their place: whole words, until `share` of a piece's tokens is reached;
/// of their tokens 80 % become `[MASK]`, 10 % a random token, 10 % stay (Devlin et al. 2019, section 3.1, and BERT's
/// whole-word masking).
public struct WordMasking: Sendable {
  /// The share of tokens to predict.
  public let share: Double
  private let maskID: Int32
  private let vocabularySize: Int
  /// True of the ids that go on with a word.
  private let continues: [Bool]

  /// A token that has to be predicted.
  public struct Target: Sendable, Equatable {
    /// Its place in the piece.
    public let place: Int
    /// What stood there.
    public let id: Int32

    /// Makes a target.
    public init(place: Int, id: Int32) {
      self.place = place
      self.id = id
    }
  }

  /// Masks for the vocabulary of `tokenizer`.
  ///
  /// - Throws: ``FarqError`` `badData` where the vocabulary has no mask token, `usage` for a share that is none.
  public init(_ tokenizer: BERTTokenizer, share: Double) throws {
    guard share > 0, share < 1 else {
      throw FarqError(.usage, "--mask-share \(share): use a share between 0 and 1, as 0.15")
    }
    guard let maskID = tokenizer.maskID else {
      throw FarqError(
        .badData, "the vocabulary has no \(tokenizer.configuration.maskToken): pretraining needs a model that has one")
    }
    self.share = share
    self.maskID = maskID
    vocabularySize = tokenizer.count
    let prefix = tokenizer.configuration.continuingSubwordPrefix
    continues = tokenizer.tokens(for: (0..<Int32(tokenizer.count)).map { $0 }).map { $0.hasPrefix(prefix) }
  }

  /// Hides words of `piece` (without special tokens), at least one token.
  ///
  /// - Returns: what has to be predicted, in the order of the places.
  public func mask(_ piece: inout [Int32], using generator: inout SeededGenerator) -> [Target] {
    let chosen = choose(piece, using: &generator)
    return chosen.map { place in
      let target = Target(place: place, id: piece[place])
      switch generator.below(10) {
      case 0..<8: piece[place] = maskID
      case 8: piece[place] = Int32(generator.below(vocabularySize))
      default: break
      }
      return target
    }
  }

  /// The places of the tokens to predict: words in random order, as long as they fit.
  private func choose(_ piece: [Int32], using generator: inout SeededGenerator) -> [Int] {
    let limit = max(1, Int((Double(piece.count) * share).rounded()))
    var words = words(of: piece)
    generator.shuffle(&words)
    var chosen: [Int] = []
    for word in words where chosen.count < limit && chosen.count + word.count <= limit {
      chosen += word
    }
    // A piece of nothing but long words still gives something to learn.
    if chosen.isEmpty, let first = words.first { chosen = Array(first.prefix(limit)) }
    return chosen.sorted()
  }

  private func words(of piece: [Int32]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    for (place, id) in piece.enumerated() {
      if continues[Int(id)], let last = words.last {
        words[words.count - 1] = last.lowerBound..<(place + 1)
      } else {
        words.append(place..<(place + 1))
      }
    }
    return words
  }
}
