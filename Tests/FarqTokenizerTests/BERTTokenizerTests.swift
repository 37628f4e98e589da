import FarqCore
import FarqTesting
import FarqTokenizer
import Foundation
import Testing

@Suite struct BERTTokenizerTests {
  private static func vocabulary() throws -> Vocabulary { try Vocabulary(file: Fixture.url("small/vocab.txt")) }

  @Test func idsEqualTheFastLibrary() throws {
    let peer = try Fixture.decode(PeerIDs.self, from: "fast_ids.json")
    for expected in peer.configurations {
      let tokenizer = try BERTTokenizer(
        vocabulary: Self.vocabulary(), configuration: TokenizerConfiguration(normalizer: expected.normalizer))
      for (text, ids) in zip(peer.texts, expected.ids) {
        #expect(tokenizer.encode(text) == ids, "\(expected.normalizer) \(text.debugDescription)")
      }
    }
  }

  @Test func idsEqualTheSlowTokenizerWhereNeverSplitIsGiven() throws {
    let peer = try Fixture.decode(PeerIDs.self, from: "slow_ids.json")
    for expected in peer.configurations {
      var configuration = TokenizerConfiguration(normalizer: expected.normalizer)
      configuration.neverSplit = try #require(peer.never_split)
      let tokenizer = try BERTTokenizer(vocabulary: Self.vocabulary(), configuration: configuration)
      for (text, ids) in zip(peer.texts, expected.ids) {
        #expect(tokenizer.encode(text) == ids, "\(expected.normalizer) \(text.debugDescription)")
      }
    }
  }

  @Test func fastCompatibilityIgnoresNeverSplit() throws {
    let peer = try Fixture.decode(PeerIDs.self, from: "fast_ids.json")
    let expected = try #require(peer.configurations.first)
    var configuration = TokenizerConfiguration(normalizer: expected.normalizer)
    configuration.neverSplit = ["ال+", "+ها"]
    let tokenizer = try BERTTokenizer(
      vocabulary: Self.vocabulary(), configuration: configuration, compatibility: .fast)
    for (text, ids) in zip(peer.texts, expected.ids) { #expect(tokenizer.encode(text) == ids) }
  }

  @Test func brokenBytesReadAsReplacementCharacters() throws {
    let peer = try Fixture.decode(PeerIDs.self, from: "fast_ids.json")
    let tokenizer = try BERTTokenizer(folder: Fixture.url("small"))
    for broken in try #require(peer.broken) {
      #expect(broken.bytes.withUnsafeBufferPointer { tokenizer.encode(utf8: $0) } == broken.ids)
    }
  }

  struct ScalarClasses: Decodable {
    struct Entry: Decodable {
      let ids: [Int32]
      let ranges: [[UInt32]]
    }
    let lowercase: Bool
    let ids: [Entry]
  }

  @Test func everyScalarIsClassedAsInTheLibrary() throws {
    let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "##a", "e", "##e", "~", ";"]
    for expected in try Fixture.decode([ScalarClasses].self, from: "every_scalar.json") {
      let normalizer = NormalizerOptions(stripsAccents: expected.lowercase, lowercase: expected.lowercase)
      let tokenizer = try BERTTokenizer(
        vocabulary: Vocabulary(tokens: tokens), configuration: TokenizerConfiguration(normalizer: normalizer))
      for entry in expected.ids {
        for range in entry.ranges {
          for scalar in (range[0]...range[1]).compactMap(Unicode.Scalar.init) {
            var text = "a"
            text.unicodeScalars.append(scalar)
            text.unicodeScalars.append("b")
            if tokenizer.encode(text) != entry.ids { Issue.record("U+\(String(scalar.value, radix: 16))") }
          }
        }
      }
    }
  }

  struct AddedCase: Decodable {
    let text: String
    let ids: [Int32]
  }

  @Test func addedTokensAreFoundAsInTheLibrary() throws {
    let tokenizer = try BERTTokenizer(folder: Fixture.url("added"))
    for expected in try Fixture.decode([AddedCase].self, from: "added_ids.json") {
      #expect(tokenizer.encode(expected.text) == expected.ids, "\(expected.text.debugDescription)")
    }
  }

  @Test func cutsAtTheEndAndKeepsTheSpecialTokens() throws {
    let tokenizer = try BERTTokenizer(folder: Fixture.url("small"))
    let text = "افتتحت البلدية حديقة جديدة قرب النهر"
    let whole = tokenizer.encode(text)
    #expect(whole.first == tokenizer.classificationID && whole.last == tokenizer.separatorID)
    #expect(tokenizer.ids(of: text) == Array(whole.dropFirst().dropLast()))
    for length in 2..<whole.count {
      let cut = tokenizer.encode(text, maximumLength: length)
      #expect(cut == Array(whole.prefix(length - 1)) + [tokenizer.separatorID])
    }
    #expect(tokenizer.encode(text, maximumLength: whole.count) == whole)
    #expect(tokenizer.encode(text, maximumLength: 1) == [tokenizer.classificationID])
    #expect(tokenizer.encode(text, maximumLength: 0).isEmpty)
  }

  @Test(arguments: ["small", "added"]) func savedTokenizerGivesTheSameIDs(folder: String) throws {
    let temporary = try TemporaryFolder()
    let tokenizer = try BERTTokenizer(folder: Fixture.url(folder))
    try tokenizer.save(to: temporary.url)
    let again = try BERTTokenizer(folder: temporary.url)
    let texts = try Fixture.decode(PeerIDs.self, from: "fast_ids.json").texts
    let added = try Fixture.decode([AddedCase].self, from: "added_ids.json").map(\.text)
    for text in texts + added { #expect(again.encode(text) == tokenizer.encode(text)) }
    #expect(again.vocabulary.tokens == tokenizer.vocabulary.tokens)
    try FileManager.default.removeItem(at: temporary.file("tokenizer.json"))
    let fromText = try BERTTokenizer(folder: temporary.url)
    for text in texts + added { #expect(fromText.encode(text) == tokenizer.encode(text)) }
  }

  @Test func canonicallyEqualTokensStayApart() throws {
    let tokens = ["[UNK]", "[CLS]", "[SEP]", "\u{E9}", "e\u{301}"]
    let tokenizer = try BERTTokenizer(
      vocabulary: Vocabulary(tokens: tokens),
      configuration: TokenizerConfiguration(normalizer: NormalizerOptions(stripsAccents: false, lowercase: false)))
    #expect(tokenizer.ids(of: "\u{E9} e\u{301}") == [3, 4])
    let temporary = try TemporaryFolder()
    try tokenizer.save(to: temporary.url)
    #expect(try BERTTokenizer(folder: temporary.url).ids(of: "\u{E9} e\u{301}") == [3, 4])
  }

  @Test func brokenFilesAreNamed() throws {
    let temporary = try TemporaryFolder()
    func failure() -> FarqError? {
      do {
        _ = try BERTTokenizer(folder: temporary.url)
        return nil
      } catch { return error as? FarqError }
    }
    #expect(failure()?.kind == .missingInput)
    try AtomicFile.write("", to: temporary.file("vocab.txt"))
    #expect(failure()?.kind == .badData && failure()?.message.contains("vocab.txt") == true)
    try AtomicFile.write("a\nb\n", to: temporary.file("vocab.txt"))
    #expect(failure()?.message.contains("[UNK]") == true)
    try AtomicFile.write(Data([0x61, 0x0A, 0xFF, 0x0A]), to: temporary.file("vocab.txt"))
    #expect(failure()?.message.contains("line 2") == true)
    for text in [
      "{\"model\"", "[]", "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}", "{\"model\": {\"vocab\": {\"a\": -1}}}",
    ] {
      try AtomicFile.write(text, to: temporary.file("tokenizer.json"))
      #expect(failure()?.kind == .badData && failure()?.message.contains("tokenizer.json") == true, "\(text)")
    }
  }
}
