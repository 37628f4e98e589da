import FarqCore
import FarqTokenizer
import FarqTraining
import Testing

@Suite struct WordMaskingTests {
  private static let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
  /// Ids 5…24 begin words, 25…44 go on with them.
  private func tokenizer() throws -> BERTTokenizer {
    let vocabulary = Vocabulary(tokens: Self.special + (0..<20).map { "w\($0)" } + (0..<20).map { "##p\($0)" })
    return try BERTTokenizer(vocabulary: vocabulary, configuration: TokenizerConfiguration())
  }

  private func piece(_ length: Int, _ generator: inout SeededGenerator) -> [Int32] {
    (0..<length).map { Int32(($0 > 0 && generator.below(3) == 0 ? 25 : 5) + generator.below(20)) }
  }

  /// 15 % of the tokens, of them 80 % masked, 10 % replaced at random, 10 % left; 400,000 tokens.
  @Test func hidesTheSharesOfThePaper() throws {
    let masking = try WordMasking(tokenizer(), share: 0.15)
    var generator = SeededGenerator(seed: 1)
    var (all, hidden, masked, kept) = (0, 0, 0, 0)
    for _ in 0..<4000 {
      let original = piece(100, &generator)
      var changed = original
      let targets = masking.mask(&changed, using: &generator)
      all += original.count
      hidden += targets.count
      masked += targets.count { changed[$0.place] == 4 }
      kept += targets.count { changed[$0.place] == $0.id }
      #expect(targets.allSatisfy { original[$0.place] == $0.id })
      let places = Set(targets.map(\.place))
      #expect(original.indices.allSatisfy { places.contains($0) || original[$0] == changed[$0] })
    }
    #expect(abs(Double(hidden) / Double(all) - 0.15) < 0.002)
    // A random token is [MASK], or what stood there, once in 45 times.
    #expect(abs(Double(masked) / Double(hidden) - (0.8 + 0.1 / 45)) < 0.01)
    #expect(abs(Double(kept) / Double(hidden) - (0.1 + 0.1 / 45)) < 0.01)
  }

  @Test func hidesWholeWords() throws {
    let masking = try WordMasking(tokenizer(), share: 0.3)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let original = piece(40, &generator)
      var changed = original
      let places = Set(masking.mask(&changed, using: &generator).map(\.place))
      for place in original.indices.dropFirst() where original[place] >= 25 {
        #expect(places.contains(place) == places.contains(place - 1))
      }
    }
  }

  @Test func hidesSomethingOfEveryPiece() throws {
    let masking = try WordMasking(tokenizer(), share: 0.15)
    var generator = SeededGenerator(seed: 3)
    for piece in [[5], [5, 25, 26, 27, 28, 29, 30, 31]] as [[Int32]] {
      var changed = piece
      #expect(masking.mask(&changed, using: &generator).count == 1)
    }
  }

  @Test func refusesWhatCannotBe() throws {
    let tokenizer = try tokenizer()
    for share in [0, 1, -0.5, Double.nan] {
      #expect(throws: FarqError.self) { try WordMasking(tokenizer, share: share) }
    }
    let without = try BERTTokenizer(
      vocabulary: Vocabulary(tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"]), configuration: TokenizerConfiguration()
    )
    let error = #expect(throws: FarqError.self) { try WordMasking(without, share: 0.15) }
    #expect(error?.message.contains("[MASK]") == true)
  }
}
