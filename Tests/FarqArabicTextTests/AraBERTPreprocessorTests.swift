import FarqArabicText
import FarqCore
import FarqTesting
import Foundation
import Testing

/// Equality with the package arabert 1.0.1; `make_preprocessor_fixtures.py` made the fixtures.
@Suite struct AraBERTPreprocessorTests {
  private struct Case: Decodable {
    let text: String
    let family: AraBERTFamily
    let options: [String: Bool]
    let segment: Bool
    let expected: String
  }

  @Test func equalsArabert() throws {
    let cases = try Fixture.decode([Case].self, from: "preprocessor.json")
    #expect(cases.count > 1000)
    for item in cases {
      var steps = PreprocessingSteps(family: item.family)
      for (name, isOn) in item.options { try steps.set(#require(PreprocessingStep(rawValue: name)), isOn) }
      let result = try AraBERTPreprocessor(steps).preprocess(item.text, segmenter: item.segment ? StubSegmenter() : nil)
      // By bytes: Swift's strings are equal where their scalars need not be.
      #expect(Array(result.utf8) == Array(item.expected.utf8), "\(item)\n\(result)")
    }
  }

  /// Every article of the small real set, by digests; `compare_with_arabert.py` goes over all of SANAD.
  @Test(.enabled(if: Fixture.realText("khaleej-mini.jsonl") != nil, "the real articles are not beside the checkout"))
  func equalsArabertOnRealArticles() throws {
    struct Line: Decodable { let text: String }
    let file = try #require(Fixture.realText("khaleej-mini.jsonl"))
    let texts = try Data(contentsOf: file).split(separator: 10).map {
      try JSONDecoder().decode(Line.self, from: $0).text
    }
    let digests = try Fixture.decode([String: [String]].self, from: "digests.json")
    for (name, family, segmenter) in [
      ("v2", AraBERTFamily.v2, nil), ("v2-segmented", .v2, StubSegmenter()), ("v01", .v01, nil),
    ] as [(String, AraBERTFamily, StubSegmenter?)] {
      let preprocessor = AraBERTPreprocessor(family: family)
      let own = try texts.map { Self.digest(try preprocessor.preprocess($0, segmenter: segmenter)) }
      #expect(own == digests[name], "\(name)")
    }
  }

  /// FNV-1a, 64 bits.
  private static func digest(_ text: String) -> String {
    let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Each step, switched off alone, changes what it is there for.
  @Test(arguments: [
    (AraBERTFamily.v2, PreprocessingStep.removeHTMLMarkup, "<b>خبر</b>", "< b > خبر < - b >"),
    (.v2, .replaceAddresses, "@user", "@ user"), (.v2, .stripTashkeel, "مُح", "م ُ ح"),
    (.v2, .stripTatweel, "مــح", "م ـ ـ ح"), (.v2, .insertWhiteSpaces, "(جدا)", "(جدا)"),
    (.v2, .removeNonDigitRepetition, "ههههه", "ههههه"), (.v2, .replaceSlashWithDash, "و/أو", "و أو"),
    (.v2, .mapArabicIndicDigits, "٥", "٥"), (.v2, .unescapeHTML, "&#1610;", "# 1610 ;"),
    (.v2, .separateDigits, "محمد2020عام", "محمد2020عام"), (.v2, .removeOtherCharacters, "پ", "پ"),
    (.v2, .collapseWhiteSpace, "a\n b", "a\n b"), (.v01, .removeDates, "1/محرم/2]", "1 / محرم / 2]"),
    (.v01, .stripTatweel, "مــح", "م ـ ح"), (.v01, .replaceQuotationMarks, "«a»", "« a »"),
    (.v01, .replaceEllipsis, "ب…", "ب …"), (.v01, .joinPunctuation, "a!!b", "a ! ! b"),
  ])
  func switchesOff(family: AraBERTFamily, step: PreprocessingStep, text: String, expected: String) throws {
    var steps = PreprocessingSteps(family: family)
    let usual = try AraBERTPreprocessor(steps).preprocess(text)
    try steps.set(step, false)
    let without = try AraBERTPreprocessor(steps).preprocess(text)
    let isPrivateSpace = step == .collapseWhiteSpace
    #expect(without.unicodeScalars.elementsEqual(expected.unicodeScalars) || isPrivateSpace, "\(without)")
    #expect(without != usual, "\(step)")
  }

  @Test func aFamilyHasNoStepOfTheOther() {
    var steps = PreprocessingSteps(family: .v2)
    let error = #expect(throws: FarqError.self) { try steps.set(.joinPunctuation, false) }
    #expect(error?.kind == .usage && error?.message.contains("strip_tashkeel") == true)
  }

  @Test func presegmentedTextKeepsItsPieces() {
    let preprocessor = AraBERTPreprocessor(family: .v2)
    #expect(preprocessor.preprocess(presegmented: "و+كتاب+ة 1+1") == "و+ كتاب +ة 1 1")
    #expect(preprocessor.preprocess(presegmented: "و+ كتاب +ة!") == "و+ كتاب +ة !")
  }
}
