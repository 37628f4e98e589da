import FarqArabicText
import FarqTesting
import Foundation
import Testing

/// The rule-based segmenter against words segmented by hand; docs/preprocessing.md has the numbers.
@Suite struct LightSegmenterTests {
  /// The words and their segmentation.
  private static func words() throws -> [(word: String, expected: String)] {
    try String(contentsOf: Fixture.url("segmentation/words.tsv"), encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { line in
        let fields = line.split(separator: "\t").map(String.init)
        return (fields[0], fields[1])
      }
  }

  @Test func agreesWithTheWordsCutByHand() throws {
    let preparer = try TextPreparer(TextPreparation(segmentation: .light))
    var counts = [(right: 0, all: 0), (right: 0, all: 0)]
    var wrong: [String] = []
    for (index, item) in try Self.words().enumerated() {
      let result = try preparer.prepare(item.word)
      counts[index % 2].all += 1
      if result == item.expected {
        counts[index % 2].right += 1
      } else {
        wrong.append("\(index % 2) \(item) \(result)")
      }
    }
    #expect(counts[0].all + counts[1].all >= 500)
    let shares = counts.map { Double($0.right) / Double($0.all) }
    print("light segmentation: \(counts)")
    #expect(shares[0] >= 0.97 && shares[1] >= 0.93, "\(counts)\n\(wrong.joined(separator: "\n"))")
  }

  /// No letter is lost, and a word is cut alike wherever it stands.
  @Test func keepsEveryLetter() throws {
    let segmenter = LightSegmenter()
    let line = try Self.words().map(\.word).joined(separator: " ، 1x")
    let cut = segmenter.segment(line)
    #expect(String(cut.unicodeScalars.filter { $0 != "+" }.map(Character.init)) == line)
    #expect(segmenter.segment("\(line) \(line)") == "\(cut) \(cut)")
    for odd in ["", "ا", "ال", "و", "لل", "وال", "ـــ", "و+ال", "ةة", "للل", "هاها", "[بريد]", "اااا"] {
      #expect(segmenter.segment(odd).filter { $0 != "+" } == odd.filter { $0 != "+" })
    }
  }

  @Test func aVocabularyDecides() throws {
    let known: Set<String> = ["وردي", "كتب", "صديق"]
    let segmenter = LightSegmenter { known.contains($0) }
    #expect(segmenter.segment("وردي وكتب والصديق") == "وردي و+كتب و+ال+صديق")
  }

  /// A segmenter whose kind nobody knows, so that its answers go the way of any other's.
  private struct Anonymous: WordSegmenter {
    let segmenter: LightSegmenter
    func segment(_ line: String) throws -> String { segmenter.segment(line) }
  }

  /// The one pass of this segmenter gives what segmenting and then parting the pieces gives.
  @Test(arguments: [AraBERTFamily.v2, .v02, .v1], [false, true])
  func onePassGivesWhatTwoGive(family: AraBERTFamily, hasVocabulary: Bool) throws {
    let segmenter = hasVocabulary ? LightSegmenter { $0.utf8.count % 3 == 0 } : LightSegmenter()
    let preprocessor = AraBERTPreprocessor(family: family)
    let odd = [
      "[", "]", "رابط", "بريد", "+", "و", "لل", "ها", "ك", "وك", "http://a.b/c", "me@x.com", "@you", "٢٠٢٠", "،", "😀",
      "\u{64B}", "كتاب", "وبالكتاب", "بهم", "عليهما", "و+ك+كتاب", "[رابط]", "x1كتابه", "\u{A0}", "اللاسلكية",
    ]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in odd.randomElement(using: &generator) ?? "" }.joined()
      }.joined(separator: " ")
      let expected = try preprocessor.preprocess(text, segmenter: Anonymous(segmenter: segmenter))
      let result = try preprocessor.preprocess(text, segmenter: segmenter)
      #expect(Array(result.utf8) == Array(expected.utf8), "\(text)")
    }
  }
}
