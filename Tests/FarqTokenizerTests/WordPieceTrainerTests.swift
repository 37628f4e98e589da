import FarqTesting
import FarqTokenizer
import Foundation
import Testing

@Suite struct WordPieceTrainerTests {
  struct Case: Decodable {
    struct Settings: Decodable {
      let vocab_size: Int
      let min_frequency: Int
      let limit_alphabet: Int
    }
    let settings: Settings
    let initial_alphabet: [String]
    let texts: [String]
    let vocabulary: [String]
  }

  private static let normalizer = NormalizerOptions(stripsAccents: false, lowercase: false)

  private static func trainer(_ expected: Case) -> WordPieceTrainer {
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = expected.settings.vocab_size
    trainer.minimumFrequency = expected.settings.min_frequency
    trainer.limitAlphabet = expected.settings.limit_alphabet
    trainer.initialAlphabet = expected.initial_alphabet.flatMap(\.unicodeScalars)
    return trainer
  }

  @Test func learnsTheLibrarysVocabularyIDForID() throws {
    for expected in try Fixture.decode([Case].self, from: "trainer.json") {
      var trainer = Self.trainer(expected)
      // The library numbers the continuing characters by chance: its order is given, all else must follow.
      trainer.continuationOrder = expected.vocabulary.compactMap { token in
        let scalars = Array(token.unicodeScalars)
        return scalars.count == 3 && scalars.starts(with: ["#", "#"]) ? scalars[2] : nil
      }
      let learnt = trainer.train(expected.texts, normalizer: Self.normalizer).tokens
      let place = zip(learnt, expected.vocabulary).enumerated().first { Array($1.0.utf8) != Array($1.1.utf8) }
      #expect(place == nil && learnt.count == expected.vocabulary.count, "\(expected.settings)")
    }
  }

  @Test func continuingCharactersAreNumberedByScalar() throws {
    var trainer = WordPieceTrainer()
    trainer.vocabularySize = 9
    trainer.specialTokens = ["[UNK]"]
    let learnt = trainer.train(["bca bca cab"], normalizer: Self.normalizer).tokens
    #expect(learnt == ["[UNK]", "a", "b", "c", "##a", "##b", "##c", "bc", "bca"])
  }

  @Test func rarestAndHighestScalarsLeaveTheAlphabetFirst() throws {
    var trainer = WordPieceTrainer()
    trainer.limitAlphabet = 2
    trainer.specialTokens = []
    trainer.minimumFrequency = 100
    #expect(trainer.train(["a b c c"], normalizer: Self.normalizer).tokens == ["a", "c"])
  }
}
